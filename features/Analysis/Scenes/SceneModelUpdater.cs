using System.Collections.Concurrent;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Scenes;

namespace Siaga.Analysis.Scenes;

/// <summary>
/// Brings what a clip taught into its camera's scene: row, object, and a merge where the Backend says that it is due. Every step may be
/// repeated, and another worker may do the same at the same time: docs/scene-models.md.
/// </summary>
internal sealed class SceneModelUpdater(WorkerApi backend, SceneStore store, SceneTrainer trainer, IBlobStorage storage, AnalysisSlots slots)
{
    private readonly ConcurrentDictionary<long, bool> _beginnings = new();

    /// <summary>
    /// A camera's first version, or its first that can be read again. Of several clips at once one begins, and the others, which were watched with
    /// nothing, teach nothing: were they to wait and be watched again, every hand of a worker would be held by them. Between processes the Backend decides.
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

    /// <param name="clip">Which clip, and where it lies.</param>
    /// <param name="scene">What it was watched with.</param>
    /// <param name="lesson">What it taught.</param>
    /// <param name="urgent">It counts from now on.</param>
    /// <param name="cancellationToken">Gives up.</param>
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

            // Told again now that it is there: from here on it may be merged, by whomever.
            if (await backend.SubmitUpdateAsync(clip.CameraId, note, cancellationToken) is not { } stored)
                return;
            answer = stored;
        }

        if (answer.HasMoved)
            await StartAnewAsync(clip, scene with { Version = answer.Version }, cancellationToken);
        else if (answer.MergeDue)
            await MergeAsync(clip.CameraId, cancellationToken);
    }

    /// <summary>Merges what waits into the next version. Where another worker was first, it has them, or the next merge will.</summary>
    public async Task MergeAsync(long cameraId, CancellationToken cancellationToken)
    {
        if (await backend.FindWaitingUpdatesAsync(cameraId, cancellationToken) is not { StorageKey: { } key, Items.Count: > 0 } waiting
            || await store.FindAsync(key, cancellationToken) is not { } newest)
            return;
        var lessons = new List<SceneDelta>();
        foreach (var item in waiting.Items)
        {
            // One that is not there any more was merged by another worker in the meantime.
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

/// <param name="CameraId">Whose clip it is.</param>
/// <param name="Name">Names what it teaches.</param>
/// <param name="Path">Where it lies, on this machine.</param>
/// <param name="CapturedAt">When its first frame was.</param>
internal sealed record TaughtClip(long CameraId, string Name, string Path, DateTimeOffset CapturedAt);
