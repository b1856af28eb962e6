using Siaga.Anomalies;
using Siaga.Messages;
using Siaga.Ports;
using AnomalyStatus = Siaga.Messages.Api.AnomalyStatus;
using ClipAnalysis = Siaga.Anomalies.Analysis;

namespace Siaga.Tests.Unit.Anomalies;

/// <summary>What is told of an analysis and of several analyses of one clip.</summary>
public sealed class AnalysisTests
{
    [Fact]
    public void The_strongest_window_is_the_one_with_the_highest_score_of_the_clips_label()
    {
        Window[] windows = [Part(0, 0.2, 0.9), Part(1, 0.8, 0.1), Part(2, 0.7, 0.95)];
        Assert.Equal(1, Of(AnalysisState.Analysed, label: "fire", windows: windows).StrongestWindow()!.FromS);
        Assert.Equal(2, Of(AnalysisState.Analysed, label: "fight", windows: windows).StrongestWindow()!.FromS);
        Assert.Null(Of(AnalysisState.Analysed, label: null, windows: windows).StrongestWindow());
        Assert.Null(Of(AnalysisState.Analysed, label: "fire").StrongestWindow());
    }

    [Fact]
    public void A_failure_has_a_reason_and_no_detector_and_without_one_it_was_the_model()
    {
        var failed = ListAnalyses.ItemOf(Of(AnalysisState.Failed, reasonCode: "clip_gone"));
        Assert.Equal("clip_gone", failed.Reason!.Code);
        Assert.Null(failed.Detector);
        var analysed = ListAnalyses.ItemOf(Of(AnalysisState.Analysed));
        Assert.Equal("model", analysed.Detector);
        Assert.Null(analysed.Reason);
        Assert.Null(analysed.Model);
        Assert.Empty(analysed.Findings);
    }

    [Theory]
    [InlineData(false, false, ClipState.Normal)]
    [InlineData(false, true, ClipState.Anomaly)]
    [InlineData(true, true, ClipState.Failed)]
    public void A_clips_state_is_what_became_of_it(bool failed, bool anomaly, ClipState state) =>
        Assert.Equal(state, ClipFindings.StateOf(failed ? AnalysisState.Failed : AnalysisState.Analysed, anomaly));

    [Theory]
    [InlineData(ClipState.Anomaly, ClipState.Normal, ClipState.Anomaly)]
    [InlineData(ClipState.Anomaly, ClipState.Failed, ClipState.Anomaly)]
    [InlineData(ClipState.Normal, ClipState.Failed, ClipState.Normal)]
    public void Of_two_analyses_the_stronger_counts_in_either_order_with_the_longer_time(ClipState one, ClipState other, ClipState counts)
    {
        foreach (var states in (ClipState[][])[[one, other], [other, one]])
        {
            var looks = new Dictionary<string, ClipLook>(StringComparer.Ordinal);
            ClipFindings.Add(looks, "c", new ClipLook(states[0], 3));
            ClipFindings.Add(looks, "c", new ClipLook(states[1], 5) { Form = new ClipFormat("h264") });
            Assert.Equal((counts, 5, "h264"), (looks["c"].State, looks["c"].Seconds, looks["c"].Form!.Codec));
        }
    }

    [Theory]
    [InlineData("new", AnomalyStatus.New)]
    [InlineData("acknowledged", AnomalyStatus.Acknowledged)]
    [InlineData("resolved", AnomalyStatus.Resolved)]
    [InlineData("NEW", null)]
    [InlineData(null, null)]
    public void A_status_is_known_by_its_name_and_has_it(string? name, object? status)
    {
        Assert.Equal(status, AnomalyNames.ToStatus(name));
        if (status is AnomalyStatus known)
            Assert.Equal(name, known.ToName());
    }

    private static Window Part(double from, double fire, double fight) =>
        new(from, from + 1, new Dictionary<string, double>(StringComparer.Ordinal) { ["fire"] = fire, ["fight"] = fight });

    private static ClipAnalysis Of(AnalysisState state, string? label = null, string? reasonCode = null, params Window[] windows) => new()
    {
        CompanyId = 7, CameraId = 9, TaskId = "t", StorageKey = "k", State = state, Label = label, ReasonCode = reasonCode,
        Labels = new Dictionary<string, double>(StringComparer.Ordinal), Anomaly = label is not null, Confidence = 0, Windows = windows,
        CapturedAt = default, ReceivedAt = default, ReportedAt = default,
    };
}
