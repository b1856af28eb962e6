using Siaga.Messages;
using Siaga.Messaging;

namespace Siaga.Analysis.Scenes;

/// <summary>A user marked a clip as normal: its camera's scene model learns the whole clip at once.</summary>
/// <remarks>Deduplication key: the clip, which names the scene update. Learned twice, it counts once.</remarks>
internal sealed class LearnNormalClip(
    LocalClips clips, WorkerApi backend, SceneStore store, SceneTrainer trainer, SceneModelUpdater teaching, AnalysisSlots slots)
    : IMessageHandler<ClipIsNormal>
{
    private const string Suffix = "-normal";

    public async Task<HandlingResult> HandleAsync(ClipIsNormal message, CancellationToken cancellationToken)
    {
        // A camera that is gone or has no scene model has nothing to update.
        if (await backend.FindSceneAsync(message.CameraId, cancellationToken) is not { StorageKey: { } key } scene
            || await store.FindAsync(key, cancellationToken) is not { } state)
            return HandlingResult.Done;
        await using var local = clips.New();
        if (!await local.FetchAsync(message.VideoPath, cancellationToken))
            return HandlingResult.Reject("clip_gone", "The clip is no longer in storage.");
        var clip = new TaughtClip(message.CameraId, message.ClipId + Suffix, local.Path, message.CapturedAt);
        var lesson = await slots.RunAsync(
            () => trainer.Believe(clip.Path, clip.Name, clip.CapturedAt, state, cancellationToken), cancellationToken);
        if (!lesson.IsOk)
            return HandlingResult.Reject(lesson.Error.Code, lesson.Error.Message);
        if (!lesson.Value.HasMoved)
            await teaching.TeachAsync(clip, scene, lesson.Value, cancellationToken);
        return HandlingResult.Done;
    }
}
