using Siaga.Analysis;
using Siaga.Analysis.Detection;
using Siaga.Messages;

namespace Siaga.Tests.Analysis.Detection;

/// <summary>The report's older fields hold one verdict for each clip; they are derived from all findings.</summary>
public sealed class ClipFindingsTests
{
    private static readonly Finding s_scene = ScriptedDetector.Alarm("scene", score: 6, threshold: 3);

    [Fact]
    public void A_models_alarm_is_the_verdict_beside_a_scenes()
    {
        var found = Of(Model(0.8, alarm: true), new DetectorResult([s_scene]));
        Assert.Equal(("model", "fight", 0.8, true), (found.Detector, found.Label, found.Confidence, found.Anomaly));
        Assert.Equal(["fight", "scene_alarm"], found.Labels.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, found.Windows.Count);
    }

    [Fact]
    public void A_scenes_alarm_is_the_verdict_where_the_model_is_calm()
    {
        var found = Of(Model(0.1, alarm: false), new DetectorResult([s_scene]));
        Assert.Equal(("scene", "scene_alarm", true), (found.Detector, found.Label, found.Anomaly));
        Assert.Equal(6.0 / 9, found.Confidence, 9);
    }

    [Fact]
    public void Without_an_alarm_the_models_answer_is_told()
    {
        var found = Of(Model(0.1, alarm: false));
        Assert.Equal(("model", "calm", 0.1, false), (found.Detector, found.Label, found.Confidence, found.Anomaly));
        Assert.Single(found.Windows);
    }

    [Fact]
    public void A_finding_that_is_no_alarm_raises_none_and_is_reported()
    {
        var covered = ScriptedDetector.Alarm("black_picture") with { Alarm = false };
        var found = Of(Model(0.1, alarm: false), new DetectorResult([covered]));
        Assert.False(found.Anomaly);
        Assert.Equal(covered, Assert.Single(found.Findings));
        Assert.DoesNotContain("black_picture_alarm", found.Labels.Keys);
    }

    [Fact]
    public void Of_more_findings_than_a_report_holds_the_alarm_and_the_strongest_stay()
    {
        var many = Enumerable.Range(1, 500)
            .Select(i => ScriptedDetector.Alarm("other", score: i, threshold: 1, at: i) with { Alarm = false });
        var found = Of(new DetectorResult([.. many, s_scene with { Score = 3.5 }]));
        Assert.Equal(Finding.MostInReport, found.Findings.Count);
        Assert.Contains(found.Findings, f => f.Alarm);
        Assert.Equal(402, found.Findings.Where(f => !f.Alarm).Min(f => f.Score));
        Assert.Equal(found.Findings.OrderBy(f => f.FromS), found.Findings);
    }

    private static ModelResult Model(double confidence, bool alarm)
    {
        var labels = new Dictionary<string, double>(StringComparer.Ordinal) { [alarm ? "fight" : "calm"] = confidence };
        var answer = new AnalysisResult(30, 3, labels, alarm, labels.Keys.Single(), confidence, [new Window(0, 3, labels)], 0, 0);
        return new ModelResult(alarm ? [new Finding("model", "fight", confidence, 0.65, 0, 3, 1.5, Alarm: true)] : [], answer);
    }

    private static ClipFindings Of(params DetectorResult[] results) =>
        new(new PassOutcome(new ClipLength(30, 3), null, results, TimeSpan.Zero, TimeSpan.Zero));
}
