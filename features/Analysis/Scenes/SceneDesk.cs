using System.Net;
using System.Net.Http.Json;
using Siaga.Messages;

namespace Siaga.Analysis.Scenes;

/// <param name="Folder">Where the camera's scene is kept.</param>
/// <param name="Version">The newest; 0: there is none yet.</param>
/// <param name="StorageKey">Of the newest.</param>
/// <param name="IsReady">It may raise alarms.</param>
/// <param name="FalseAlarmsADay">How often it may be wrong.</param>
internal sealed record CameraScene(string Folder, int Version, string? StorageKey, bool IsReady, double FalseAlarmsADay);

internal sealed record WaitingLesson(string Name, string StorageKey);

internal sealed record WaitingLessons(string Folder, int Version, string? StorageKey, IReadOnlyList<WaitingLesson> Items);

internal sealed record LessonNote(
    string Name, int Base, long Size, string Sha256, long FootageMs, long ActiveFrames, DateTimeOffset CapturedAt, bool HasMoved, bool Urgent);

/// <param name="StorageKey">Where to store it; null: it is not wanted, or there already.</param>
/// <param name="MergeDue">It is stored, and with it enough for a version: merge.</param>
/// <param name="HasMoved">The next version is to start anew.</param>
/// <param name="Version">The newest.</param>
internal sealed record LessonAnswer(string? StorageKey, bool MergeDue, bool HasMoved, int Version);

internal sealed record VersionNote(int Base, long Size, string Sha256, long FootageMs, long ActiveFrames, IReadOnlyList<string> Lessons)
{
    public bool StartsAnew { get; init; }

    public bool HasMoved { get; init; }

    public string? Clip { get; init; }

    public DateTimeOffset? CapturedAt { get; init; }
}

/// <summary>The Backend's word on scenes. What it cannot answer now is an exception, and the task is tried again.</summary>
internal sealed class SceneDesk(BackendCalls backend)
{
    /// <returns>Null: there is no such camera any more.</returns>
    public async Task<CameraScene?> FindAsync(long cameraId, CancellationToken cancellationToken)
    {
        using var response = await backend.SendAsync(HttpMethod.Get, $"internal/cameras/{cameraId}/scene", null, cancellationToken);
        return await ReadAsync<CameraScene>(response, cancellationToken);
    }

    public async Task<WaitingLessons?> WaitingAsync(long cameraId, CancellationToken cancellationToken)
    {
        using var response = await backend.SendAsync(HttpMethod.Get, $"internal/cameras/{cameraId}/scene/lessons", null, cancellationToken);
        return await ReadAsync<WaitingLessons>(response, cancellationToken);
    }

    public async Task<LessonAnswer?> LodgeAsync(long cameraId, LessonNote note, CancellationToken cancellationToken)
    {
        using var response = await backend.SendAsync(HttpMethod.Post, $"internal/cameras/{cameraId}/scene/lessons", note, cancellationToken);
        return await ReadAsync<LessonAnswer>(response, cancellationToken);
    }

    /// <summary>Where another worker was first, or the camera is gone, nothing is left to do.</summary>
    public async Task PublishAsync(long cameraId, VersionNote note, CancellationToken cancellationToken)
    {
        using var response = await backend.SendAsync(HttpMethod.Post, $"internal/cameras/{cameraId}/scene/versions", note, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.NotFound))
            response.EnsureSuccessStatusCode();
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(MessageJson.Options, cancellationToken);
    }
}
