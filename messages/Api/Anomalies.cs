using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary>An anomaly in lists, single answers and live events. An item of <c>GET /api/anomalies</c>.</summary>
public sealed record AnomalyItem
{
    public required long Id { get; init; }

    public required long CameraId { get; init; }

    public required long CompanyId { get; init; }

    public required string AnomalyType { get; init; }

    /// <summary>The same as <c>anomaly_type</c>, under the name that analyses use.</summary>
    public required string Label { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Signed URL of the clip, valid for some minutes.</summary>
    public required string VideoClipUrl { get; init; }

    /// <summary>Signed URL of the strongest moment's picture, valid for some minutes. Absent until the picture is stored.</summary>
    public string? PictureUrl { get; init; }

    /// <summary><c>model</c> or <c>scene</c>: the detector that raised it.</summary>
    public required string Detector { get; init; }

    /// <summary>The model that analysed the clip, and its version by its SHA-256; absent when none did.</summary>
    public ListAnalysesModelItem? Model { get; init; }

    /// <summary>The scene detector's finding for the clip, with its explanation; absent when it did not run.</summary>
    public SceneFinding? Scene { get; init; }

    /// <summary>
    /// The finding that raised it. Its <c>attribute</c>, <c>value</c> and <c>usual</c> say the same as the scene's English explanation, for
    /// sentences in other languages. Absent when the worker reported no findings.
    /// </summary>
    public Finding? Finding { get; init; }

    public string? ClipId { get; init; }

    /// <summary>Start of the strongest window, in seconds from the clip's first frame.</summary>
    public double? FromS { get; init; }

    /// <summary>End of the strongest window, in seconds from the clip's first frame.</summary>
    public double? ToS { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }

    public required AnomalyStatus Status { get; init; }

    /// <summary>A user's id.</summary>
    public long? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgeNote { get; init; }

    public Resolution? Resolution { get; init; }

    /// <summary>A user's id.</summary>
    public long? ResolvedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public string? ResolveNote { get; init; }

    /// <summary>True when a user marked it as normal.</summary>
    public bool Normal { get; init; }
}

/// <summary>How far people have handled an anomaly.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<AnomalyStatus>))]
public enum AnomalyStatus
{
    New,
    Acknowledged,
    Resolved,
}

/// <summary>A user's decision on an anomaly.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Resolution>))]
public enum Resolution
{
    Confirmed,
    FalseAlarm,
}

/// <summary><c>POST /api/anomalies/{id}/acknowledge</c>.</summary>
/// <param name="Note">A note for colleagues; at most 2,000 characters.</param>
public sealed record AcknowledgeAnomalyRequest(string? Note = null);

/// <summary><c>POST /api/anomalies/{id}/resolve</c>.</summary>
/// <param name="Resolution">What the anomaly was.</param>
/// <param name="Note">A note for colleagues; at most 2,000 characters.</param>
/// <param name="Normal">With <c>false_alarm</c>: the clip is normal here, and the camera's scene model learns it.</param>
public sealed record ResolveAnomalyRequest(Resolution Resolution, string? Note = null, bool Normal = false);

/// <summary><c>POST /api/anomalies/{id}/reopen</c>.</summary>
/// <param name="Note">Not kept; a client may send the same body to every step.</param>
public sealed record ReopenAnomalyRequest(string? Note = null);
