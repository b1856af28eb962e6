using CsCheck;
using Siaga.App.Siaga.Commands;
using Siaga.BlobStorage;

namespace Siaga.Tests.Unit.Commands;

/// <summary>What <c>siaga storage</c> prints, and how it counts before it knows the total.</summary>
public sealed class StorageCommandTests
{
    private static readonly ArchiveResult s_result = new(12, 3, 1, 1_048_576);

    [Fact]
    public void People_read_a_sentence() => Assert.Equal(
        "12 objects copied (1,048,576 bytes), 3 already present, 1 removed", ArchiveReport.AsText(s_result));

    [Fact]
    public void Scripts_read_a_line_of_json() => Assert.Equal(
        """{"copied":12,"kept":3,"removed":1,"bytes":1048576}""", ArchiveReport.AsJson(s_result));

    [Fact]
    public void Every_step_is_shown_once_whether_it_comes_before_the_bar_or_after_it() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20]).Sample((before, after) =>
        {
            var (steps, shown) = (new EarlySteps(), 0);
            for (var i = 0; i < before; i++)
                steps.Add();
            steps.ShowOn(() => shown++);
            var caughtUp = shown == before;
            for (var i = 0; i < after; i++)
                steps.Add();
            return caughtUp && shown == before + after;
        });

    [Fact]
    public void No_step_is_lost_while_the_bar_appears()
    {
        var (steps, shown) = (new EarlySteps(), 0);
        Parallel.For(0, 1000, i =>
        {
            if (i == 500)
                steps.ShowOn(() => shown++);
            steps.Add();
        });
        Assert.Equal(1000, shown);
    }
}
