using CsCheck;
using Siaga.Anomalies;
using Siaga.Messages;

namespace Siaga.Tests.Unit.Anomalies;

public sealed class FindingRulesTests
{
    private static readonly Finding s_good = FindingRules.Example;

    [Fact]
    public void The_example_and_nothing_at_all_may_be_reported()
    {
        Assert.Null(FindingRules.Check([]));
        Assert.Null(FindingRules.Check([s_good]));
    }

    [Fact]
    public void Numbers_that_are_none_are_refused_wherever_they_stand()
    {
        foreach (var bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            Assert.All(
                (Finding[])[s_good with { Score = bad }, s_good with { Threshold = bad }, s_good with { FromS = bad },
                s_good with { ToS = bad },
                    s_good with { AtS = bad }, s_good with { Value = bad }, s_good with { Usual = bad }],
                f => Assert.Equal("findings_invalid", FindingRules.Check([f])!.Code));
        }
    }

    [Fact]
    public void Times_are_at_least_0_and_in_order() =>
        Gen.Select(Gen.Double[-10, 10], Gen.Double[-10, 10], Gen.Double[-10, 10]).Sample((from, to, at) =>
            FindingRules.Check([s_good with { FromS = from, ToS = to, AtS = at }]) is null == (from >= 0 && at >= 0 && to >= from));

        [Theory]
    [InlineData(new int[0], false)]
    [InlineData(new[] { 1, 2, 3 }, false)]
    [InlineData(new[] { 0, 0, 1, 1 }, true)]
    [InlineData(new[] { 0, 0, -1, 1 }, false)]
    [InlineData(new[] { 0, 0, 1, 100_001 }, false)]
    public void A_box_is_four_numbers_of_pixels(int[] box, bool isGood) =>
        Assert.Equal(isGood, FindingRules.Check([s_good with { Box = box }]) is null);

    [Fact]
    public void At_most_so_many_are_reported()
    {
        Assert.Null(FindingRules.Check([.. Enumerable.Repeat(s_good, Finding.MostInReport)]));
        Assert.NotNull(FindingRules.Check([.. Enumerable.Repeat(s_good, Finding.MostInReport + 1)]));
    }
}
