using System.Diagnostics;
using System.Globalization;
using Siaga.Analysis.Detection;
using Siaga.Analysis.Scenes;
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
    CameraPictures cameraPictures) : IMessageHandler<ClipStored>
{
    private static readonly ActivitySource s_source = new(AnalysisFeature.MeterName);

    public async Task<HandlingResult> HandleAsync(ClipStored message, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        Activity.Current?.SetTag("siaga.clip.id", message.ClipId).SetTag("siaga.camera.id", message.CameraId);
        await using var local = clips.New();
        if (!await local.FetchAsync(message.VideoPath, cancellationToken))
        {
            return await reporter.ReportFailureAsync(
                message, new Error(ErrorKind.NotFound, "clip_gone", "The clip is no longer in storage."), cancellationToken);
        }

        var known = await detectors.KnowAsync(CameraOf(message), cancellationToken);
        var result = await slots.RunAsync(() => Analyse(local.Path, message, known, cancellationToken), cancellationToken);
        if (!result.IsOk)
        {
            metrics.Failed(Stopwatch.GetElapsedTime(start));
            return await reporter.ReportFailureAsync(message, result.Error, cancellationToken);
        }

        metrics.Analysed(Stopwatch.GetElapsedTime(start), result.Value);
        var (handled, recorded) = await reporter.ReportAsync(message, result.Value, cancellationToken);
        if (recorded is null)
            return handled;
        detectors.Learn(CameraOf(message), recorded);
        return await after.RunAsync(message, local.Path, result.Value, known, recorded, cancellationToken);
    }

    public Task OnGivenUpAsync(ClipStored message, string reason, CancellationToken cancellationToken) =>
        reporter.ReportFailureAsync(message, new Error(ErrorKind.Unavailable, "attempts_exhausted", reason), cancellationToken);

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
}
