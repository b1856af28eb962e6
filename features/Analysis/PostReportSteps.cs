using System.Net;
using System.Text.Json;
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
/// The steps after a report: the anomaly's picture, the camera's newest picture, and scene learning. Their objects are stored first and
/// then reported in one call. They cannot delay or lose an alarm.
/// </summary>
internal sealed partial class PostReportSteps(
    ClipPictures pictures, CameraPictures lastPictures, SceneModelUpdater teaching, WorkerApi backend, IOutageLog outages,
    ILogger<PostReportSteps> logger)
{
    private const string LastPictures = "last pictures of cameras";

    private static readonly ClipProducts s_nothing = new();

    /// <returns>
    /// Retry after a failure that may pass: repeating the report changes nothing, and steps that are done already are not repeated.
    /// </returns>
    public async Task<HandlingResult> RunAsync(
        ClipStored task, string path, ClipFindings findings, KnownScene? known, Recorded recorded, CancellationToken cancellationToken)
    {
        var clip = new TaughtClip(AnalyseStoredClip.CameraOf(task), task.ClipId, path, task.CapturedAt);
        try
        {
            var products = await StoreAsync(task, clip, findings, known, recorded, cancellationToken);
            if (products != s_nothing)
            {
                var answer = await backend.StoreProductsAsync(clip.CameraId, products, cancellationToken);
                await CompleteAsync(task, products, answer, cancellationToken);
                if (known is not null && UpdateAnswer(answer) is { } update)
                    await teaching.FollowAsync(clip, known.Camera, update, cancellationToken);
            }

            if (known is not null && findings.Scene is { IsFirst: true })
                await teaching.BeginAsync(clip, cancellationToken);
            return HandlingResult.Done;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || IsTimeout(e, cancellationToken))
        {
            var reason = $"The result is reported, but a later step failed: {e.InOneLine()}";
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

    /// <summary>Stores the objects of everything that was made of the clip.</summary>
    private async Task<ClipProducts> StoreAsync(
        ClipStored task, TaughtClip clip, ClipFindings findings, KnownScene? known, Recorded recorded,
        CancellationToken cancellationToken) =>
        new()
        {
            AnomalyPicture = recorded is { AnomalyId: { } anomaly, HasPicture: false } && findings.Picture is { } picture
                ? await pictures.StoreAsync(anomaly, task, picture, cancellationToken)
                : null,
            CameraPicture = findings.CameraPicture is { } last ? await TryLastPictureAsync(task, last, cancellationToken) : null,
            SceneUpdate = known is not null && findings.Scene?.Lesson is { } lesson
                ? await teaching.StoreAsync(clip, known.Camera, lesson, cancellationToken)
                : null,
        };

    /// <exception cref="HttpRequestException">The Backend refuses the anomaly's picture, although the anomaly exists.</exception>
    private async Task CompleteAsync(
        ClipStored task, ClipProducts products, ClipProductsAnswer answer, CancellationToken cancellationToken)
    {
        if (products.CameraPicture is { } last && answer.CameraPicture is { } told)
            await TryCompleteAsync(task, last, (HttpStatusCode)told.Status, cancellationToken);
        if (answer.AnomalyPicture is { } picture)
            BackendClient.Require((HttpStatusCode)picture.Status, HttpStatusCode.NotFound);
    }

    /// <returns>Null when no update was sent, or its camera is gone.</returns>
    /// <exception cref="HttpRequestException">The Backend refuses the update.</exception>
    private static SceneUpdateAnswer? UpdateAnswer(ClipProductsAnswer answer)
    {
        if (answer.SceneUpdate is not { } update)
            return null;
        BackendClient.Require((HttpStatusCode)update.Status, HttpStatusCode.NotFound);
        return update.Body?.Deserialize(MessageJsonContext.Default.SceneUpdateAnswer);
    }

    /// <summary>A failure here is not worth another analysis: the next clip brings the next picture.</summary>
    private async Task<StoredCameraPicture?> TryLastPictureAsync(ClipStored task, byte[] picture, CancellationToken cancellationToken)
    {
        try
        {
            return await lastPictures.StoreAsync(task, picture, cancellationToken);
        }
        catch (IOException e)
        {
            if (!outages.Expects(e, LastPictures))
                LogNoPicture(task.CameraId, task.ClipId, e.InOneLine());
            return null;
        }
    }

    private async Task TryCompleteAsync(
        ClipStored task, StoredCameraPicture stored, HttpStatusCode status, CancellationToken cancellationToken)
    {
        try
        {
            await lastPictures.CompleteAsync(task, stored, status, cancellationToken);
            outages.Worked(LastPictures);
        }
        catch (HttpRequestException e)
        {
            outages.Failed(BackendClient.Away, LastPictures, e);
        }
        catch (IOException e)
        {
            if (!outages.Expects(e, LastPictures))
                LogNoPicture(task.CameraId, task.ClipId, e.InOneLine());
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "Camera {CameraId} gets no last picture from clip {ClipId}, but from its next clip: {Why}")]
    private partial void LogNoPicture(string cameraId, string clipId, string why);
}
