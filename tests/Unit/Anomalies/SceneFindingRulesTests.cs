using Siaga.Anomalies;
using Siaga.Messages;

namespace Siaga.Tests.Unit.Anomalies;

public sealed class SceneFindingRulesTests
{
    private static readonly SceneFinding s_good = SceneFindingRules.Example;

    [Fact]
    public void The_example_and_a_clip_without_a_place_are_valid()
    {
        Assert.Null(SceneFindingRules.Check(s_good));
        Assert.Null(SceneFindingRules.Check(new SceneFinding { Version = 0, Score = 0 }));
    }

    [Fact]
    public void Numbers_are_finite_and_at_least_0()
    {
        foreach (var bad in (double[])[-0.001, double.NaN, double.PositiveInfinity])
        {
            Assert.NotNull(SceneFindingRules.Check(s_good with { Score = bad }));
            Assert.NotNull(SceneFindingRules.Check(s_good with { Threshold = bad }));
            Assert.NotNull(SceneFindingRules.Check(s_good with { AtS = bad }));
        }

        Assert.NotNull(SceneFindingRules.Check(s_good with { Version = -1 }));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 1, 1 }, true)]
    [InlineData(new[] { 0, 0, 1, 100_000 }, true)]
    [InlineData(new[] { 0, 0, 1, 100_001 }, false)]
    [InlineData(new[] { -1, 0, 1, 1 }, false)]
    [InlineData(new[] { 0, 0, 1 }, false)]
    [InlineData(new int[0], false)]
    public void A_box_is_four_numbers_of_pixels(int[] box, bool isGood) =>
        Assert.Equal(isGood, SceneFindingRules.Check(s_good with { Box = box }) is null);

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void An_explanation_is_short(int length, bool isGood) =>
        Assert.Equal(isGood, SceneFindingRules.Check(s_good with { Explanation = new string('x', length) }) is null);
}
