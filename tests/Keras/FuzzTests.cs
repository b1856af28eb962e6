using Siaga.Tests.Keras.Fuzz;

namespace Siaga.Tests.Keras;

/// <summary>A short run of what eng/fuzz-keras does at length: mutated files in a process that may die of them.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int FirstSeed = 1;
    private const int Files = 400;

    [Fact]
    public async Task No_mutated_file_kills_hangs_or_surprises_the_reader_and_what_loads_runs()
    {
        var report = await FuzzRun.RunAsync(FirstSeed, Files, output.WriteLine);
        Assert.Empty(report.Findings);
        Assert.Equal(Files, report.Outcomes.Values.Sum());
        // The mutations reach everything: refusals of many kinds, and models that still work.
        Assert.True(report.Outcomes.GetValueOrDefault("ran") > Files / 20);
        Assert.True(report.Outcomes.Count(o => o.Key.StartsWith("refused ", StringComparison.Ordinal)) > 5);
    }
}
