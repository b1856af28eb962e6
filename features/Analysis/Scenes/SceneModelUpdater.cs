using System.Collections.Concurrent;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Scenes;

namespace Siaga.Analysis.Scenes;

/// <summary>
/// Adds what a clip taught to its camera's scene model: row, object, and a merge when the Backend says that one is due. Every step is safe
/// to repeat, and another worker may do the same at the same time; see docs/scene-models.md.
/// </summary>
internal sealed class SceneModelUpdater(
    WorkerApi backend, SceneStore store, SceneTrainer trainer, IBlobStorage storage, AnalysisSlots slots)
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
        await backend.PublishVersionAsync(clip.CameraId, note, cancellationToken);
    }

    /// <param name="clip">The clip and its file.</param>
    /// <param name="scene">The version that the clip was compared with.</param>
    /// <param name="lesson">What the clip taught.</param>
    /// <param name="urgent">True: merge at once.</param>
    public async Task TeachAsync(TaughtClip clip, SceneInfo scene, SceneDelta lesson, bool urgent, CancellationToken cancellationToken)
    {
        var state = lesson.ToState();
        var bytes = lesson.HasMoved ? [] : state.ToBytes();
        var progress = state.Progress;
        var note = new SceneUpdateNote
        {
            Name = clip.Name,
            Base = scene.Version,
            Size = bytes.Length,
            Sha256 = SceneStore.Hash(bytes),
            FootageMs = (long)progress.Footage.TotalMilliseconds,
            ActiveFrames = progress.ActiveFrames,
            CapturedAt = clip.CapturedAt,
            HasMoved = lesson.HasMoved,
            Urgent = urgent,
        };
        if (await backend.SubmitUpdateAsync(clip.CameraId, note, cancellationToken) is not { } answer)
            return;
        if (answer.StorageKey is { } key)
        {
            await storage.PutOnceAsync(key, bytes, cancellationToken);

            // Reported again now that the object is stored: from here on any worker may merge it.
            if (await backend.SubmitUpdateAsync(clip.CameraId, note, cancellationToken) is not { } stored)
                return;
            answer = stored;
        }

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
        await backend.PublishVersionAsync(cameraId, note, cancellationToken);
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
