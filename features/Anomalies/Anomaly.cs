using Siaga.Database;

namespace Siaga.Anomalies;

/// <summary>How far people have got with an anomaly.</summary>
internal enum AnomalyStatus
{
    New,
    Acknowledged,
    Resolved,
}

/// <summary>What it turned out to be.</summary>
internal enum Resolution
{
    Confirmed,
    FalseAlarm,
}

internal static class AnomalyNames
{
    public static string ToName(this AnomalyStatus status) => status switch
    {
        AnomalyStatus.New => "new",
        AnomalyStatus.Acknowledged => "acknowledged",
        _ => "resolved",
    };

    /// <summary>Null for a name that is none.</summary>
    public static AnomalyStatus? ToStatus(string? name) => name switch
    {
        "new" => AnomalyStatus.New,
        "acknowledged" => AnomalyStatus.Acknowledged,
        "resolved" => AnomalyStatus.Resolved,
        _ => null,
    };
}

/// <summary>Something that people should look at; at most one an analysis.</summary>
internal sealed class Anomaly : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>Unique.</summary>
    public required long AnalysisId { get; init; }

    /// <summary>The label that the model gave.</summary>
    public required string AnomalyType { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>The clip's key; its URL is made at reading time.</summary>
    public required string StorageKey { get; init; }

    public string? ClipId { get; init; }

    /// <summary>Which detector raised it: <c>model</c> or <c>scene</c>; null where a worker did not say, which is a model's.</summary>
    public string? Detector { get; init; }

    public string? ModelName { get; init; }

    public string? ModelSha256 { get; init; }

    /// <summary>What the scene detector says of the clip; null where it did not look.</summary>
    public SceneFinding? Scene { get; init; }

    /// <summary>The picture beside the clip; null until it is stored.</summary>
    public string? PictureKey { get; set; }

    /// <summary>Bytes; 0 without a picture.</summary>
    public long PictureSize { get; set; }

    public string? PictureSha256 { get; set; }

    /// <summary>The strongest window, in seconds from the clip's first frame; null where unknown.</summary>
    public double? FromS { get; init; }

    public double? ToS { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }

    public AnomalyStatus Status { get; set; }

    /// <summary>The user who took it on.</summary>
    public long? AcknowledgedBy { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string? AcknowledgeNote { get; set; }

    public Resolution? Resolution { get; set; }

    public long? ResolvedBy { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    public string? ResolveNote { get; set; }

    /// <summary>A person said that what it shows is normal: the camera's scene has learned it, or will.</summary>
    public bool IsNormal { get; set; }
}
