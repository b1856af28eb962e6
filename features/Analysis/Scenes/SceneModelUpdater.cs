using System.Collections.Concurrent;
using Siaga.Messages;
using Siaga.Scenes;

namespace Siaga.Analysis.Scenes;

/// <summary>
/// Adds what a clip taught to its camera's scene model: object, row, and a merge when the Backend says that one is due. Every step is safe
/// to repeat, and another worker may do the same at the same time; see docs/scene-models.md.
/// </summary>
internal sealed class SceneModelUpdater(
    WorkerApi backend, SceneStore store, SceneTrainer trainer, SceneCache scenes, AnalysisSlots slots)
{
    private readonly ConcurrentDictionary<long, bool> _beginnings = new();

    /// <summary>
    /// Creates a camera's first version, or its first readable one. When several clips arrive at once, one of them creates it and the
    /// others, which had no version to compare with, teach nothing: waiting to be analysed again, they would block all of a worker's tasks.
    /// Between processes the Backend decides.
    /// </summary>
    public async Task BeginAsync(TaughtClip clip, CancellationToken cancellationToken)
    {
        if (!_beginnings.TryAdd(clip.CameraId, true))
            return;
        try
        {
            if (await backend.FindSceneAsync(clip.CameraId, cancellationToken) is not { } scene
                || (scene.StorageKey is { } key && await store.FindAsync(key, cancellationToken) is not null))
                return;
            var first = await slots.RunAsync(() => trainer.Learn(clip.Path, cancellationToken), cancellationToken);
            if (first.IsOk)
                await BeginAsync(clip, scene, first.Value, hasMoved: false, cancellationToken);
        }
        finally
        {
            _beginnings.TryRemove(clip.CameraId, out _);
        }
    }

    private async Task BeginAsync(TaughtClip clip, SceneInfo scene, SceneState first, bool hasMoved, CancellationToken cancellationToken)
    {
        var (size, sha256) = await store.PutVersionAsync(scene.Folder, scene.Version + 1, first, cancellationToken);
        var progress = first.Progress;
        var note = new SceneVersionNote
        {
            Base = scene.Version,
            Size = size,
            Sha256 = sha256,
            FootageMs = (long)progress.Footage.TotalMilliseconds,
            ActiveFrames = progress.ActiveFrames,
            Lessons = [],
            StartsAnew = true,
            HasMoved = hasMoved,
            Clip = clip.Name,
            CapturedAt = clip.CapturedAt,
        };
        await PublishAsync(clip.CameraId, note, cancellationToken);
    }

    /// <summary>Stores the object of what a clip taught.</summary>
    /// <param name="clip">The clip and its file.</param>
    /// <param name="scene">The version that the clip was compared with.</param>
    /// <param name="lesson">What the clip taught.</param>
    /// <returns>The note that reports it; <see cref="FollowAsync"/> comes after that.</returns>
    public Task<SceneUpdateNote> StoreAsync(TaughtClip clip, SceneInfo scene, SceneDelta lesson, CancellationToken cancellationToken) =>
        store.PutUpdateAsync(clip, scene, lesson, urgent: false, cancellationToken);

    /// <summary>Stores what a clip taught that a user marked as normal, and merges it at once.</summary>
    /// <param name="clip">The clip and its file.</param>
    /// <param name="scene">The version that the clip was compared with.</param>
    /// <param name="lesson">What the clip taught.</param>
    public async Task TeachAsync(TaughtClip clip, SceneInfo scene, SceneDelta lesson, CancellationToken cancellationToken)
    {
        var note = await store.PutUpdateAsync(clip, scene, lesson, urgent: true, cancellationToken);
        if (await backend.SubmitUpdateAsync(clip.CameraId, note, cancellationToken) is { } answer)
            await FollowAsync(clip, scene, answer, cancellationToken);
    }

    /// <summary>Does what the Backend's answer to a scene update asks for: a merge, a new start, or nothing.</summary>
    /// <param name="clip">The clip that taught.</param>
    /// <param name="scene">The version that the clip was compared with.</param>
    /// <param name="answer">To the update, whose object is stored.</param>
    /// <exception cref="IOException">The update's object is not where the Backend looks for it.</exception>
    public async Task FollowAsync(TaughtClip clip, SceneInfo scene, SceneUpdateAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.StorageKey is { } key)
            throw new IOException($"The scene update {key} was stored and is not there.");
        if (answer.HasMoved)
            await StartAnewAsync(clip, scene with { Version = answer.Version }, cancellationToken);
        else if (answer.MergeDue)
            await MergeAsync(clip.CameraId, cancellationToken);
    }

    /// <summary>Merges the waiting updates into the next version. If another worker was first, its merge or the next has them.</summary>
    public async Task MergeAsync(long cameraId, CancellationToken cancellationToken)
    {
        if (await backend.FindWaitingUpdatesAsync(cameraId, cancellationToken) is not { StorageKey: { } key, Items.Count: > 0 } waiting
            || await store.FindAsync(key, cancellationToken) is not { } newest)
            return;
        var lessons = new List<SceneDelta>();
        foreach (var item in waiting.Items)
        {
            // A missing update was merged by another worker in the meantime.
            if (await store.FindLessonAsync(item, cancellationToken) is { } lesson)
                lessons.Add(lesson);
        }

        if (lessons.Count == 0)
            return;
        var next = await slots.RunAsync(() => newest.Merge(lessons), cancellationToken);
        var (size, sha256) = await store.PutVersionAsync(waiting.Folder, waiting.Version + 1, next, cancellationToken);
        var note = new SceneVersionNote
        {
            Base = waiting.Version,
            Size = size,
            Sha256 = sha256,
            FootageMs = (long)next.Progress.Footage.TotalMilliseconds,
            ActiveFrames = next.Progress.ActiveFrames,
            Lessons = [.. lessons.Select(l => l.Clip)],
        };
        await PublishAsync(cameraId, note, cancellationToken);
    }

    private async Task PublishAsync(long cameraId, SceneVersionNote note, CancellationToken cancellationToken)
    {
        try
        {
            await backend.PublishVersionAsync(cameraId, note, cancellationToken);
        }
        finally
        {
            // Also when another worker was first, or the answer was lost: there may be a newer version.
            scenes.Forget(cameraId);
        }
    }

    private async Task StartAnewAsync(TaughtClip clip, SceneInfo scene, CancellationToken cancellationToken)
    {
        var first = await slots.RunAsync(() => trainer.Learn(clip.Path, cancellationToken), cancellationToken);
        if (first.IsOk)
            await BeginAsync(clip, scene, first.Value, hasMoved: true, cancellationToken);
    }
}

/// <param name="CameraId">The clip's camera.</param>
/// <param name="Name">The name of the scene update.</param>
/// <param name="Path">The clip's file on this machine.</param>
/// <param name="CapturedAt">The time of the clip's first frame.</param>
internal sealed record TaughtClip(long CameraId, string Name, string Path, DateTimeOffset CapturedAt);
