using System.Text.Json.Serialization;

namespace Siaga.Messages;

/// <summary>The result of a task. <c>POST /api/analyses</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ReportAnalysisRequest
{
    public required string TaskId { get; init; }

    public required string ClipId { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public required long CameraId { get; init; }

    public required long CompanyId { get; init; }

    public required string StorageKey { get; init; }

    public required string Sha256 { get; init; }

    public required AnalysisState State { get; init; }

    public ReportAnalysisFailure? Reason { get; init; }

    public ReportAnalysisModelUsed? Model { get; init; }

    public IReadOnlyDictionary<string, double> Labels { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public bool Anomaly { get; init; }

    public string? Label { get; init; }

    public double Confidence { get; init; }

    public IReadOnlyList<Window> Windows { get; init; } = [];

    public int Frames { get; init; }

    public double Seconds { get; init; }

    public double DecodeMs { get; init; }

    public double InferMs { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public string? Worker { get; init; }

    /// <summary>The detector that gave the verdict: <c>model</c> (default) or <c>scene</c>.</summary>
    public string? Detector { get; init; }

    /// <summary>The scene detector's finding for the clip, whichever detector gave the verdict.</summary>
    public SceneFinding? Scene { get; init; }

    /// <summary>The clip's format.</summary>
    public ClipForm? Video { get; init; }

    /// <summary>What each detector found, with or without an alarm. Default none.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>The outcome of a task.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<AnalysisState>))]
public enum AnalysisState
{
    Analysed,
    Failed,
}

/// <summary>Why a task failed.</summary>
/// <param name="Code">Stable, such as <c>clip_gone</c>.</param>
/// <param name="Message">A sentence for a person.</param>
public sealed record ReportAnalysisFailure(string Code, string Message);

/// <summary>The trained model that saw the clip.</summary>
/// <param name="Sha256">SHA-256 of its file, lower-case hexadecimal.</param>
public sealed record ReportAnalysisModelUsed(string Name, string? Sha256 = null);

/// <summary>A part of a clip and the model's scores for it.</summary>
/// <param name="FromS">Seconds from the clip's first frame.</param>
/// <param name="ToS">Seconds from the clip's first frame, after <paramref name="FromS"/>.</param>
/// <param name="Labels">Score of each label, 0 to 1.</param>
public sealed record Window(double FromS, double ToS, IReadOnlyDictionary<string, double> Labels);

// The decoder and the ports have a record of their own for it, VideoForm and ClipFormat, because their folders do not see this one.
/// <summary>A clip's format, in FFmpeg's names.</summary>
/// <param name="Codec">Such as <c>h264</c> or <c>hevc</c>.</param>
/// <param name="PixelFormat">Such as <c>yuv420p</c>; null when unknown.</param>
/// <param name="Container">Such as <c>mov,mp4,m4a,3gp,3g2,mj2</c>; null when unknown.</param>
public sealed record ClipForm(string Codec, string? PixelFormat = null, string? Container = null);
