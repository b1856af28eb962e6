namespace Siaga.Messages;

/// <summary>
/// A clip is durable in storage and wants analysing. Published once a clip by Ingestion; JSON in snake_case.
/// The four strings <c>video_url</c>, <c>video_path</c>, <c>original_filename</c> and <c>camera_id</c> are what workers in other
/// languages have always read.
/// </summary>
public sealed record ClipStored
{
    /// <summary>The version of this message's shape. A reader ignores fields that it does not know.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The analysis task: one result a task is stored, however often it is reported.</summary>
    public required string TaskId { get; init; }

    /// <summary>The clip, a UUID of version 7.</summary>
    public required string ClipId { get; init; }

    /// <summary>The camera's number, as text.</summary>
    public required string CameraId { get; init; }

    /// <summary>The camera's company when the clip arrived.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The clip's key in object storage.</summary>
    public required string VideoPath { get; init; }

    /// <summary>Always empty: a URL would be a right to read that outlives its reason. Read by key, or ask the Backend for a signed one.</summary>
    public string VideoUrl { get; init; } = "";

    /// <summary>The uploader's name of the file, made harmless; at most 200 characters.</summary>
    public required string OriginalFilename { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the clip's bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When the camera says that the clip begins; the arrival where it does not say. UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>When its last byte arrived. UTC. Time to alert counts from here.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
