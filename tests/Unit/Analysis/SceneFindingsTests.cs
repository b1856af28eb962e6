using CsCheck;
using Siaga.Analysis.Detection;
using Siaga.Analysis.Scenes;
using Siaga.Messages;

namespace Siaga.Tests.Unit.Analysis;

public sealed class SceneFindingsTests
{
    [Theory]
    [InlineData(4, 4, 0.5)]
    [InlineData(12, 4, 0.75)]
    [InlineData(0, 4, 0)]
    [InlineData(-1, 4, 0)]
    public void Its_confidence_is_one_half_at_the_threshold(double score, double threshold, double confidence) =>
        Assert.Equal(confidence, Of(score, threshold).Confidence(), 1e-9);

    [Fact]
    public void A_threshold_of_nothing_makes_no_score_certain() => Assert.Equal(0.5, Of(1e-3, 0).Confidence(), 1e-9);

    [Fact]
    public void A_higher_score_is_never_less_sure_and_none_is_certain() =>
        Gen.Select(Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0, 20]).Sample((a, b, threshold) =>
        {
            var (low, high) = (Of(Math.Min(a, b), threshold).Confidence(), Of(Math.Max(a, b), threshold).Confidence());
            return low <= high && low >= 0 && high < 1;
        });

    [Theory]
    [InlineData("speed", "unusual_speed")]
    [InlineData(null, "unusual_scene")]
    public void Its_label_names_what_stands_out(string? attribute, string label) =>
        Assert.Equal(label, (Of(5, 4) with { Attribute = attribute }).Label());

    private static SceneFinding Of(double score, double threshold) =>
        new() { Version = 3, Score = score, Threshold = threshold, Alarm = true };
}
