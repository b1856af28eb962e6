namespace Siaga.Messages;

/// <summary>A user marked a clip as normal for its camera. The Backend publishes it once for each anomaly.</summary>
public sealed record ClipIsNormal
{
    /// <summary>The version of this message's shape. A reader ignores fields that it does not know.</summary>
    public int Version { get; init; } = 1;

    public required string ClipId { get; init; }

    public required long CameraId { get; init; }

    public required long CompanyId { get; init; }

    /// <summary>The clip's key in object storage.</summary>
    public required string VideoPath { get; init; }

    /// <summary>When the clip begins. UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }
}
