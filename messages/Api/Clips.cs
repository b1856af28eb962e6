using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary>A clip, with URLs that play for some minutes. <c>GET /api/clips/{clip_id}</c>.</summary>
public sealed record ShowRecordedClipResponse
{
    public required string ClipId { get; init; }

    public required long CameraId { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>Absent until the clip was analysed.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Absent if unknown.</summary>
    public string? ContentType { get; init; }

    /// <summary>Such as <c>h264</c> or <c>hevc</c>; absent until the clip was analysed.</summary>
    public string? Codec { get; init; }

    /// <summary>The file as delivered.</summary>
    public required string Url { get; init; }

    /// <summary><c>no</c>: not all browsers play it; <c>POST /api/clips/{clip_id}/playable</c> requests a copy.</summary>
    public required Playable Playable { get; init; }

    /// <summary>What browsers play, the clip or its copy; only with <c>yes</c>.</summary>
    public string? PlayableUrl { get; init; }

    /// <summary>Why there is no copy; only with <c>failed</c>.</summary>
    public ShowRecordedClipFailureItem? PlayableFailure { get; init; }
}

/// <param name="Code">Stable, such as <c>clip_gone</c>.</param>
/// <param name="Message">A sentence for a person.</param>
public sealed record ShowRecordedClipFailureItem(string Code, string Message);

/// <summary>Whether browsers can play a clip now.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Playable>))]
public enum Playable
{
    /// <summary><c>playable_url</c> plays.</summary>
    Yes,

    /// <summary>A worker is making a copy.</summary>
    Preparing,

    /// <summary>Not all browsers play it, or it was not analysed yet: request a copy.</summary>
    No,

    /// <summary>There is no copy, and the reason is known.</summary>
    Failed,
}

/// <summary><c>POST /api/clips/{clip_id}/playable</c>.</summary>
public sealed record AskForPlayableResponse(Playable Playable);
