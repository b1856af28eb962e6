using CsCheck;
using Siaga.Anomalies;
using Siaga.Messages;
using Siaga.Ports;

namespace Siaga.Tests.Unit.Anomalies;

public sealed class ReportRulesTests
{
    private static readonly ReportAnalysisRequest s_good = new()
    {
        TaskId = "t1",
        ClipId = "c1",
        CameraId = 9,
        CompanyId = 7,
        StorageKey = "7/9/2026/11/24/c1_20261124T080000Z.mp4",
        Sha256 = new string('a', 64),
        State = AnalysisState.Analysed,
        CapturedAt = DateTimeOffset.UnixEpoch,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void A_report_with_the_least_that_is_needed_is_accepted() => Assert.Null(ReportRules.Check(s_good));

    [Theory]
    [InlineData(0, "task_id_invalid")]
    [InlineData(1, null)]
    [InlineData(80, null)]
    [InlineData(81, "task_id_invalid")]
    public void A_task_id_has_1_to_80_characters(int length, string? code) =>
        Refuses(code, s_good with { TaskId = new string('x', length) });

    [Fact]
    public void Text_that_cannot_be_shown_is_refused_by_its_field()
    {
        Refuses("task_id_invalid", s_good with { TaskId = "a\nb" });
        Refuses("clip_id_invalid", s_good with { ClipId = "\u0000" });
        Refuses("model_invalid", s_good with { Model = new ReportAnalysisModelUsed("a\tb") });
        Refuses("worker_invalid", s_good with { Worker = "" });
        Refuses("video_invalid", s_good with { Video = new ClipForm("h264", "", null) });
    }

    [Theory]
    [InlineData("7/9/a.mp4", true)]
    [InlineData("a", true)]
    [InlineData("7/9/..", false)]
    [InlineData("../9/a.mp4", false)]
    [InlineData("7/./a.mp4", false)]
    [InlineData("7//a.mp4", false)]
    [InlineData("/7/a.mp4", false)]
    [InlineData("7/a.mp4/", false)]
    [InlineData("7/a b.mp4", false)]
    [InlineData("7/a.mp4\n", false)]
    [InlineData("7/a..b.mp4", true)]
    public void A_storage_key_leads_nowhere_else(string key, bool isGood)
    {
        Assert.Equal(isGood, ReportRules.IsStorageKey(key));
        Refuses(isGood ? null : "storage_key_invalid", s_good with { StorageKey = key });
    }

    [Theory]
    [InlineData(63, 'a', false)]
    [InlineData(64, 'a', true)]
    [InlineData(65, 'a', false)]
    [InlineData(64, 'A', false)]
    [InlineData(64, 'g', false)]
    public void A_hash_is_64_lower_case_hexadecimal_digits(int length, char digit, bool isGood)
    {
        var hash = new string(digit, length);
        Assert.Equal(isGood, ReportRules.IsHash(hash));
        Refuses(isGood ? null : "sha256_invalid", s_good with { Sha256 = hash });
        Refuses(isGood ? null : "model_invalid", s_good with { Model = new ReportAnalysisModelUsed("lobby", hash) });
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("model", null)]
    [InlineData("scene", null)]
    [InlineData("guess", "detector_invalid")]
    public void The_verdict_is_of_a_detector_that_there_is(string? detector, string? code) =>
        Refuses(code, s_good with { Detector = detector });

    [Fact]
    public void A_failure_says_why_and_a_result_need_not()
    {
        var failed = s_good with { State = AnalysisState.Failed };
        Refuses("reason_invalid", failed);
        Refuses("reason_invalid", failed with { Reason = new ReportAnalysisFailure("", "Broken.") });
        Refuses("reason_invalid", failed with { Reason = new ReportAnalysisFailure("clip_gone", new string('x', 1001)) });
        Refuses(null, failed with { Reason = new ReportAnalysisFailure("clip_gone", new string('x', 1000)) });
        Refuses(null, s_good with { Reason = new ReportAnalysisFailure("", "") });
    }

    [Fact]
    public void An_anomaly_has_a_label_and_a_failure_cannot_have_one()
    {
        Refuses("label_invalid", s_good with { Anomaly = true });
        Refuses(null, s_good with { Anomaly = true, Label = "fighting" });
        Refuses("label_invalid", s_good with { Label = new string('x', 101) });
        Refuses(null, s_good with
        {
            Anomaly = true, State = AnalysisState.Failed, Reason = new ReportAnalysisFailure("clip_gone", "Gone."),
        });
    }

    [Fact]
    public void Scores_are_from_0_to_1_and_a_rounding_more() => Gen.Double[-2, 2].Sample(score =>
        IsAccepted(WithLabel(score)) == (score is >= 0 and <= 1.000001)
        && IsAccepted(s_good with { Confidence = score }) == (score is >= 0 and <= 1)
        && IsAccepted(s_good with { Windows = [Part(0, 1, score)] }) == (score is >= 0 and <= 1.000001));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_that_are_none_are_no_scores(double score)
    {
        Refuses("labels_invalid", WithLabel(score));
        Refuses("confidence_invalid", s_good with { Confidence = score });
        Refuses("frames_invalid", s_good with { Seconds = double.NaN });
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 2, true)]
    [InlineData(2, 1.9, false)]
    [InlineData(-0.1, 1, false)]
    public void A_window_begins_at_0_or_later_and_does_not_end_before_it(double from, double to, bool isGood) =>
        Refuses(isGood ? null : "labels_invalid", s_good with { Windows = [Part(from, to, 0.5)] });

    [Fact]
    public void So_many_windows_of_so_many_labels_are_reported_at_most()
    {
        Refuses(null, s_good with { Windows = [.. Enumerable.Repeat(Part(0, 1, 0.5), 10_000)] });
        Refuses("windows_invalid", s_good with { Windows = [.. Enumerable.Repeat(Part(0, 1, 0.5), 10_001)] });
        Refuses(null, s_good with { Labels = Labels(1000) });
        Refuses("windows_invalid", s_good with { Labels = Labels(1001) });
        Refuses("labels_invalid", s_good with { Windows = [new Window(0, 1, Labels(1001))] });
    }

    [Fact]
    public void Counts_and_times_are_at_least_0()
    {
        foreach (var bad in (ReportAnalysisRequest[])
            [s_good with { Frames = -1 }, s_good with { Seconds = -1 }, s_good with { DecodeMs = -1 }, s_good with { InferMs = -1 }])
            Refuses("frames_invalid", bad);
    }

    [Fact]
    public void Every_code_that_is_answered_is_documented()
    {
        ReportAnalysisRequest[] bad =
        [
            s_good with { TaskId = "" }, s_good with { ClipId = "" }, s_good with { StorageKey = "" }, s_good with { Sha256 = "" },
            s_good with { Detector = "" }, s_good with { Scene = SceneFindingRules.Example with { Version = -1 } },
            s_good with { State = AnalysisState.Failed }, s_good with { Anomaly = true }, s_good with { Confidence = 2 },
            s_good with { Frames = -1 }, WithLabel(2),
        ];
        Assert.All(bad, b => Assert.Contains(ReportRules.Check(b)!.Code, ReportRules.Codes));
    }

    private static ReportAnalysisRequest WithLabel(double score) =>
        s_good with { Labels = new Dictionary<string, double>(StringComparer.Ordinal) { ["fire"] = score } };

    private static Window Part(double from, double to, double score) =>
        new(from, to, new Dictionary<string, double>(StringComparer.Ordinal) { ["fire"] = score });

    private static Dictionary<string, double> Labels(int count) =>
        Enumerable.Range(0, count).ToDictionary(i => $"l{i}", _ => 0.5, StringComparer.Ordinal);

    private static bool IsAccepted(ReportAnalysisRequest request) => ReportRules.Check(request) is null;

    private static void Refuses(string? code, ReportAnalysisRequest request) => Assert.Equal(code, ReportRules.Check(request)?.Code);
}
