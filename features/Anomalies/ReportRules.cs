using System.Text.RegularExpressions;
using Siaga.Messages;
using Siaga.Primitives;

namespace Siaga.Anomalies;

/// <summary>Validates a worker's report. A report that breaks a rule can never be stored, so the answer is 400.</summary>
internal static partial class ReportRules
{
    /// <summary>Leaves room for a prefix in a message's id, which has at most 100 characters.</summary>
    public const int MaxTaskIdLength = 80;

    private const int MaxLabels = 1000;
    private const int MaxWindows = 10_000;
    private const int MaxLabelLength = 100;

    /// <summary>Error codes of an invalid report.</summary>
    public static string[] Codes { get; } =
    [
        "task_id_invalid", "clip_id_invalid", "storage_key_invalid", "sha256_invalid", "model_invalid", "worker_invalid", "reason_invalid",
        "windows_invalid", "label_invalid", "labels_invalid", "confidence_invalid", "frames_invalid", "detector_invalid",
        "scene_invalid", "video_invalid",
        "findings_invalid",
    ];

    public static Error? Check(ReportAnalysisRequest r) =>
        Text(r.TaskId, "task_id", MaxTaskIdLength)
        ?? Text(r.ClipId, "clip_id", 100)
        ?? (Keys().IsMatch(r.StorageKey) ? null : Invalid("storage_key", "is not a storage key"))
        ?? (Hashes().IsMatch(r.Sha256) ? null : Invalid("sha256", "must be a SHA-256 in lower-case hexadecimal"))
        ?? (r.Model is { Sha256: { } hash } && !Hashes().IsMatch(hash)
            ? Invalid("model", "must have a SHA-256 in lower-case hexadecimal")
            : null)
        ?? (r.Model is { } model ? Text(model.Name, "model", 200) : null)
        ?? (r.Worker is null ? null : Text(r.Worker, "worker", 200))
        ?? (r.Detector is null or Detectors.Model or Detectors.Scene ? null : Invalid("detector", "must be model or scene"))
        ?? (r.Scene is null ? null : SceneFindingRules.Check(r.Scene))
        ?? (r.Video is null
            ? null
            : Text(r.Video.Codec, "video", 50)
                ?? Text(r.Video.PixelFormat ?? "-", "video", 50)
                ?? Text(r.Video.Container ?? "-", "video", 100))
        ?? FindingRules.Check(r.Findings)
        ?? Reason(r)
        ?? Scores(r)
        ?? Numbers(r);

    public static bool IsHash(string? text) => text is not null && Hashes().IsMatch(text);

    public static bool IsStorageKey(string key) => Keys().IsMatch(key);

    public static Error Invalid(string field, string what) => new(ErrorKind.Invalid, $"{field}_invalid", $"'{field}' {what}.");

    public static Error? Text(string value, string field, int max) =>
        value.Length == 0 || value.Length > max || value.Any(char.IsControl)
            ? Invalid(field, $"must have 1 to {max} printable characters")
            : null;

    public static Error? Score(double value, string field) => value is >= 0 and <= 1 ? null : Invalid(field, "must be from 0 to 1");

    private static Error? Reason(ReportAnalysisRequest r) => (r.State, r.Reason) switch
    {
        (AnalysisState.Failed, null) => Invalid("reason", "is required when the state is 'failed'"),
        (AnalysisState.Failed, { } reason) => Text(reason.Code, "reason", 100) ?? Text(reason.Message, "reason", 1000),
        _ => null,
    };

    private static Error? Scores(ReportAnalysisRequest r)
    {
        if (r.Labels.Count > MaxLabels || r.Windows.Count > MaxWindows)
            return Invalid("windows", $"must have at most {MaxWindows} windows of {MaxLabels} labels");
        if (r is { State: AnalysisState.Analysed, Anomaly: true, Label: null })
            return Invalid("label", "is required when there is an anomaly");
        if (r.Label is not null && Text(r.Label, "label", MaxLabelLength) is { } label)
            return label;
        if (r.Labels.Keys.Select(l => Text(l, "labels", MaxLabelLength)).FirstOrDefault(e => e is not null) is { } name)
            return name;
        return r.Labels.Values.All(IsScore) && r.Windows.All(IsWindow) ? null : Invalid("labels", "must have scores from 0 to 1");
    }

    private static Error? Numbers(ReportAnalysisRequest r) =>
        Score(r.Confidence, "confidence")
        ?? (r is { Frames: >= 0, Seconds: >= 0, DecodeMs: >= 0, InferMs: >= 0 }
            ? null
            : Invalid("frames", "and the times must be at least 0"));

    // Rounded scores may add up to slightly more than 1.
    private static bool IsScore(double score) => score is >= 0 and <= 1.000001;

    private static bool IsWindow(Window w) =>
        w.FromS >= 0 && w.ToS >= w.FromS && w.Labels.Count <= MaxLabels && w.Labels.Values.All(IsScore);

    [GeneratedRegex(
        @"^(?!.*(^|/)\.+(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Keys();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hashes();
}
