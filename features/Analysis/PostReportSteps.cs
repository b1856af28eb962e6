using Microsoft.Extensions.Logging;
using Siaga.Analysis.Detection;
using Siaga.Analysis.Scenes;
using Siaga.Backend;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Analysis;

/// <summary>
/// The steps after a report: the anomaly's picture, the camera's newest picture, and scene learning. They cannot delay or lose an alarm.
/// </summary>
internal sealed partial class PostReportSteps(
    ClipPictures pictures, CameraPictures lastPictures, SceneModelUpdater teaching, IOutageLog outages, ILogger<PostReportSteps> logger)
{
    private const string LastPictures = "last pictures of cameras";

    /// <returns>
    /// Retry after a failure that may pass: repeating the report changes nothing, and steps that are done already are not repeated.
    /// </returns>
    public async Task<HandlingResult> RunAsync(
        ClipStored task, string path, ClipFindings findings, KnownScene? known, Recorded recorded, CancellationToken cancellationToken)
    {
        try
        {
            if (recorded is { AnomalyId: { } anomaly, HasPicture: false } && findings.Picture is { } picture)
                await pictures.StoreAsync(anomaly, task, picture, cancellationToken);
            if (findings.CameraPicture is { } last)
                await TryLastPictureAsync(task, last, cancellationToken);
            if (findings.Scene is not { } scene || known is null)
                return HandlingResult.Done;
            var clip = new TaughtClip(AnalyseStoredClip.CameraOf(task), task.ClipId, path, task.CapturedAt);
            if (scene.IsFirst)
                await teaching.BeginAsync(clip, cancellationToken);
            if (scene.Lesson is { } lesson)
                await teaching.TeachAsync(clip, known.Camera, lesson, urgent: false, cancellationToken);
            return HandlingResult.Done;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || IsTimeout(e, cancellationToken))
        {
            var reason = $"The result is reported; what follows it failed for now: {e.InOneLine()}";
            return e switch
            {
                HttpRequestException or TaskCanceledException => HandlingResult.Away(BackendClient.Away, reason),
                StorageFullException => HandlingResult.Away("storage_full", reason),
                StorageUnavailableException => HandlingResult.Away("storage_unavailable", reason),
                _ => HandlingResult.Retry(reason),
            };
        }
    }

    private static bool IsTimeout(Exception exception, CancellationToken cancellationToken) =>
        exception is TaskCanceledException && !cancellationToken.IsCancellationRequested;

    /// <summary>A failure here is not worth another analysis: the next clip brings the next picture.</summary>
    private async Task TryLastPictureAsync(ClipStored task, byte[] picture, CancellationToken cancellationToken)
    {
        try
        {
            await lastPictures.StoreAsync(task, picture, cancellationToken);
            outages.Worked(LastPictures);
        }
        catch (Exception e) when (e is HttpRequestException || IsTimeout(e, cancellationToken))
        {
            outages.Failed(BackendClient.Away, LastPictures, e);
        }
        catch (IOException e)
        {
            if (!outages.Expects(e, LastPictures))
                LogNoPicture(task.CameraId, task.ClipId, e.InOneLine());
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "Camera {CameraId} gets no last picture of clip {ClipId}; the next clip brings the next: {Why}")]
    private partial void LogNoPicture(string cameraId, string clipId, string why);
}
