using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Siaga.Analysis.Detection;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Analysis;

/// <summary>
/// Takes one task and reports one result: fetch, decode, predict, report. Pictures and learning follow after the report.
/// </summary>
/// <remarks>
/// Deduplication key: the task. A redelivered task is analysed and reported again, and the Backend keeps one result; a picture or a scene
/// update is created only if it is missing.
/// </remarks>
internal sealed class AnalyseStoredClip(
    LocalClips clips, ClipDetectors detectors, AnalysisSlots slots, ResultReporter reporter, PostReportSteps after, AnalysisMetrics metrics,
    CameraPictures cameraPictures) : IMessageHandler
{
    private static readonly ActivitySource s_source = new(AnalysisFeature.MeterName);

    public async Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (Read(delivery) is not { } task)
            return HandlingResult.Reject("message_unreadable", "The message is not a stored clip.");
        var start = Stopwatch.GetTimestamp();
        Activity.Current?.SetTag("siaga.clip.id", task.ClipId).SetTag("siaga.camera.id", task.CameraId);
        await using var local = clips.New();
        if (!await local.FetchAsync(task.VideoPath, cancellationToken))
        {
            return await reporter.ReportFailureAsync(
                task, new Error(ErrorKind.NotFound, "clip_gone", "The clip is no longer in storage."), cancellationToken);
        }

        var known = await detectors.KnowAsync(CameraOf(task), cancellationToken);
        var result = await slots.RunAsync(() => Analyse(local.Path, task, known, cancellationToken), cancellationToken);
        if (!result.IsOk)
        {
            metrics.Failed(Stopwatch.GetElapsedTime(start));
            return await reporter.ReportFailureAsync(task, result.Error, cancellationToken);
        }

        metrics.Analysed(Stopwatch.GetElapsedTime(start), result.Value);
        var (handled, recorded) = await reporter.ReportAsync(task, result.Value, cancellationToken);
        return recorded is null ? handled : await after.RunAsync(task, local.Path, result.Value, known, recorded, cancellationToken);
    }

    public async Task OnGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken)
    {
        if (Read(delivery) is { } task)
            await reporter.ReportFailureAsync(task, new Error(ErrorKind.Unavailable, "attempts_exhausted", reason), cancellationToken);
    }

    /// <summary>The camera's id; 0, which no camera has, when the message names none.</summary>
    internal static long CameraOf(ClipStored task) =>
        long.TryParse(task.CameraId, NumberStyles.None, CultureInfo.InvariantCulture, out var camera) ? camera : 0;

    private Result<ClipFindings> Analyse(string path, ClipStored task, KnownScene? known, CancellationToken cancellationToken)
    {
        using var span = s_source.StartActivity("analyse");
        var result = detectors.Analyse(path, task, known, cameraPictures.IsDue(task), cancellationToken);
        if (result.IsOk)
        {
            span?.SetTag("siaga.frames", result.Value.Frames)
                .SetTag("siaga.anomaly", result.Value.Anomaly)
                .SetTag("siaga.confidence", result.Value.Confidence);
        }
        else
        {
            span?.SetStatus(ActivityStatusCode.Error, result.Error.Code);
        }

        return result;
    }

    private static ClipStored? Read(Delivery delivery)
    {
        try
        {
            return JsonSerializer.Deserialize<ClipStored>(delivery.Body.Span, MessageJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
