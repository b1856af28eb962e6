using Siaga.Database;
using Siaga.Messages;

namespace Siaga.Anomalies;

internal static class AnomalyNames
{
    public static string ToName(this AnomalyStatus status) => status switch
    {
        AnomalyStatus.New => "new",
        AnomalyStatus.Acknowledged => "acknowledged",
        _ => "resolved",
    };

    /// <summary>Null for an unknown name.</summary>
    public static AnomalyStatus? ToStatus(string? name) => name switch
    {
        "new" => AnomalyStatus.New,
        "acknowledged" => AnomalyStatus.Acknowledged,
        "resolved" => AnomalyStatus.Resolved,
        _ => null,
    };
}

/// <summary>Something that people should look at; at most one for each analysis.</summary>
internal sealed class Anomaly : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>Unique.</summary>
    public required long AnalysisId { get; init; }

    /// <summary>The label from the model, or the detector's name for what it found.</summary>
    public required string AnomalyType { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>The clip's storage key; its URL is created when the anomaly is read.</summary>
    public required string StorageKey { get; init; }

    public string? ClipId { get; init; }

    /// <summary>
    /// The detector that raised it: <c>model</c> or <c>scene</c>. Null when the worker did not report it; then it was the model.
    /// </summary>
    public string? Detector { get; init; }

    public string? ModelName { get; init; }

    public string? ModelSha256 { get; init; }

    /// <summary>The scene detector's finding for the clip; null when it did not run.</summary>
    public SceneFinding? Scene { get; init; }

    /// <summary>The finding that raised it, with its values; null when the worker reported no findings, or before they were kept.</summary>
    public Finding? Finding { get; init; }

    /// <summary>Storage key of the picture beside the clip; null until it is stored.</summary>
    public string? PictureKey { get; set; }

    /// <summary>Bytes; 0 without a picture.</summary>
    public long PictureSize { get; set; }

    public string? PictureSha256 { get; set; }

    /// <summary>Start of the strongest window, in seconds from the clip's first frame; null when unknown.</summary>
    public double? FromS { get; init; }

    public double? ToS { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }

    public AnomalyStatus Status { get; set; }

    /// <summary>The user who acknowledged it.</summary>
    public long? AcknowledgedBy { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string? AcknowledgeNote { get; set; }

    public Resolution? Resolution { get; set; }

    public long? ResolvedBy { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    public string? ResolveNote { get; set; }

    /// <summary>A user marked it as normal: the camera's scene model has learned the clip, or will.</summary>
    public bool IsNormal { get; set; }
}
