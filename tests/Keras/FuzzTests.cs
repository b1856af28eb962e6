using Siaga.Tests.Keras.Fuzz;

namespace Siaga.Tests.Keras;

/// <summary>A short run of eng/fuzz-keras: mutated files in a process that may crash.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int FirstSeed = 1;
    private const int Files = 400;

    [Fact]
    public async Task No_mutated_file_kills_hangs_or_surprises_the_reader_and_what_loads_runs()
    {
        var report = await FuzzRun.RunAsync(FirstSeed, Files, finding => output.WriteLine(finding.ToString()));
        Assert.Empty(report.Findings);
        Assert.Equal(Files, report.Outcomes.Values.Sum());
        // The mutations have a wide reach: refusals of many kinds, and models that still run.
        Assert.True(report.Outcomes.GetValueOrDefault("ran") > Files / 20);
        Assert.True(report.Outcomes.Count(o => o.Key.StartsWith("refused ", StringComparison.Ordinal)) > 5);
    }

    /// <summary>
    /// Fixed findings: each of these files was read and then did not run, or took too long. Causes were an input or output listed many
    /// times, states and masks that do not fit, an invalid axis, booleans where numbers belong, and padding beyond the strides.
    /// </summary>
    [Theory]
    [InlineData(1995)]
    [InlineData(2304)]
    [InlineData(8197)]
    [InlineData(8709)]
    [InlineData(9370)]
    [InlineData(9572)]
    [InlineData(9682)]
    [InlineData(13678)]
    [InlineData(15194)]
    [InlineData(15328)]
    [InlineData(33388)]
    [InlineData(43014)]
    [InlineData(782974)]
    public async Task A_file_that_was_a_find_stays_mended(int number) =>
        Assert.Empty((await FuzzRun.RunAsync(number, 1, _ => { })).Findings);
}
