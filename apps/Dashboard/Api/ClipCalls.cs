using System.Text.Json.Serialization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Clips: where they play, and what was recorded around a moment.</summary>
public sealed class ClipCalls(ApiClient api)
{
    public Task<Answer<Clip>> FindAsync(string clipId, CancellationToken cancellationToken = default) =>
        api.GetAsync($"/api/clips/{clipId}", ClipJson.Default.Clip, cancellationToken);

    /// <summary>Asks for a copy that browsers can play.</summary>
    public Task<Answer<Clip>> MakePlayableAsync(string clipId) =>
        api.SendAsync(HttpMethod.Post, $"/api/clips/{clipId}/playable", new Note(null), ClipJson.Default.Note, ClipJson.Default.Clip);

    /// <summary>What a camera recorded between two times, oldest first, with links that play.</summary>
    public Task<Answer<Recordings>> RecordingsAsync(long cameraId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        api.GetAsync(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/api/cameras/{cameraId}/recordings?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}&presign=1"),
            ClipJson.Default.Recordings, cancellationToken);

    public static string ExportPath(string clipId) => $"/api/clips/{clipId}/export";
}

/// <summary>A clip, as far as a player asks.</summary>
public sealed record Clip
{
    public string ClipId { get; init; } = "";

    public long CameraId { get; init; }

    public DateTimeOffset CapturedAt { get; init; }

    public double? DurationSeconds { get; init; }

    public long Size { get; init; }

    public string? Sha256 { get; init; }

    public string? Codec { get; init; }

    public string? Url { get; init; }

    /// <summary><c>yes</c>, <c>preparing</c>, <c>no</c> or <c>failed</c>.</summary>
    public string Playable { get; init; } = "yes";

    public string? PlayableUrl { get; init; }
}

public sealed record Recordings(List<Recording> Items);

public sealed record Recording(string ClipId, DateTimeOffset CapturedAt, long Size)
{
    public string? Url { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Clip))]
[JsonSerializable(typeof(Recordings))]
[JsonSerializable(typeof(Note))]
public sealed partial class ClipJson : JsonSerializerContext;
