using CsCheck;
using Siaga.Analysis;
using Siaga.Analysis.Detection;

namespace Siaga.Tests.Unit.Analysis;

public sealed class VerdictTests
{
    private static readonly string[] s_labels = ["normal", "fight", "fire"];

    private static readonly Gen<double[][]> s_answers = Gen.Double[0, 1].Array[3].Array[1, 40];

    [Fact]
    public void The_maximum_is_the_window_of_the_highest_confidence() => s_answers.Sample(answers =>
    {
        var verdict = Of(new ModelManifest { Select = "window" }, answers);
        return answers.Any(a => a[0] == verdict.Labels["normal"] && a[1] == verdict.Labels["fight"] && a[2] == verdict.Labels["fire"])
            && Math.Abs(verdict.Confidence - answers.Max(a => a[1] + a[2])) < 1e-9;
    });

    [Fact]
    public void The_mean_is_each_labels_own() => s_answers.Sample(answers =>
        Math.Abs(Of(new ModelManifest { Aggregate = "mean" }, answers).Labels["fire"] - answers.Average(a => a[2])) < 1e-9);

    [Fact]
    public void The_ninetieth_percentile_lies_between_the_lowest_and_the_highest_confidence() => s_answers.Sample(answers =>
    {
        var confidence = Of(new ModelManifest { Aggregate = "p90" }, answers).Confidence;
        return confidence >= answers.Min(a => a[1] + a[2]) - 1e-9 && confidence <= answers.Max(a => a[1] + a[2]) + 1e-9;
    });

    [Fact]
    public void An_anomaly_names_one_of_the_anomalies_labels_and_reaches_the_threshold() => s_answers.Sample(answers =>
    {
        var verdict = Of(new ModelManifest { Threshold = 0.8 }, answers);
        return verdict.Anomaly ? verdict.Label != "normal" && verdict.Confidence >= 0.8 : verdict.Confidence < 0.8;
    });

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void So_many_windows_in_a_row_have_to_reach_the_threshold(int consecutive, bool anomaly)
    {
        double[][] answers = [[1, 0, 0], [0.1, 0.9, 0], [0.1, 0.9, 0], [1, 0, 0], [0.1, 0.9, 0]];
        Assert.Equal(anomaly, Of(new ModelManifest { Consecutive = consecutive }, answers).Anomaly);
    }

    [Fact]
    public void A_clip_of_fewer_windows_needs_all_of_its_own() =>
        Assert.True(Of(new ModelManifest { Consecutive = 9 }, [[0.1, 0.9, 0], [0.1, 0.9, 0]]).Anomaly);

    [Fact]
    public void The_threshold_itself_is_an_anomaly() => Assert.True(Of(new ModelManifest { Threshold = 0.5 }, [[0.5, 0.5, 0]]).Anomaly);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scores_that_are_no_numbers_are_refused(double score) =>
        Assert.Equal("scores_not_finite", Verdict.Of(new ModelManifest(), [[0, score, 0]], s_labels).Error!.Code);

    private static Verdict Of(ModelManifest manifest, IReadOnlyList<double[]> answers) => Verdict.Of(manifest, answers, s_labels).Value;
}
