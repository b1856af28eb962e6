namespace Siaga.Messages;

/// <summary>
/// A clip is stored durably and waits for analysis. Ingestion publishes it once for each clip; JSON in snake_case.
/// Third-party workers read the four strings <c>video_url</c>, <c>video_path</c>, <c>original_filename</c> and <c>camera_id</c>.
/// </summary>
public sealed record ClipStored
{
    /// <summary>The version of this message's shape. A reader ignores fields that it does not know.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The analysis task: one result is stored for each task, however often it is reported.</summary>
    public required string TaskId { get; init; }

    /// <summary>The clip's id, a UUID of version 7.</summary>
    public required string ClipId { get; init; }

    /// <summary>The camera's id, as text.</summary>
    public required string CameraId { get; init; }

    /// <summary>The camera's company when the clip arrived.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The clip's key in object storage.</summary>
    public required string VideoPath { get; init; }

    /// <summary>
    /// Always empty: a signed URL would stay readable longer than needed. Read the clip by its key, or ask the Backend for a signed URL.
    /// </summary>
    public string VideoUrl { get; init; } = "";

    /// <summary>The uploader's file name, sanitised; at most 200 characters.</summary>
    public required string OriginalFilename { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the clip's bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The camera's time for the clip's start; the arrival time when the camera gives none. UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>When the clip's last byte arrived. UTC. The time to alert starts here.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
