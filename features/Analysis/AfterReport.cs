using Siaga.Analysis.Scenes;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Messaging;

namespace Siaga.Analysis;

/// <summary>What follows a report: the anomaly's picture, the camera's last one, and what the clip taught. Nothing of it can delay or lose an alarm.</summary>
internal sealed class AfterReport(ClipPictures pictures, CameraPictures lastPictures, SceneTeaching teaching)
{
    /// <returns>Retry where something failed that may work later: the report will change nothing, and what is there already is not made again.</returns>
    public async Task<HandlingResult> RunAsync(
        ClipStored task, string path, ClipFindings findings, KnownScene? known, Recorded recorded, CancellationToken cancellationToken)
    {
        try
        {
            if (recorded is { AnomalyId: { } anomaly, HasPicture: false })
                await pictures.MakeAsync(anomaly, task, path, findings, cancellationToken);
            await lastPictures.MakeAsync(task, path, cancellationToken);
            if (findings.Watched is not { } watched || known is null)
                return HandlingResult.Done;
            var clip = new TaughtClip(AnalyseStoredClip.CameraOf(task), task.ClipId, path, task.CapturedAt);
            if (watched.IsFirst)
                await teaching.BeginAsync(clip, cancellationToken);
            if (watched.Lesson is { } lesson)
                await teaching.TeachAsync(clip, known.Camera, lesson, urgent: false, cancellationToken);
            return HandlingResult.Done;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or StorageFullException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HandlingResult.Retry($"The result is reported; what follows it failed for now: {e.Message}");
        }
    }
}
