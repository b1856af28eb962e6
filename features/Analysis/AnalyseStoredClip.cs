using System.Diagnostics;
using System.Text.Json;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Analysis;

/// <summary>One task in, one result out: fetch, decode, predict, translate, report.</summary>
/// <remarks>Deduplication key: the task. A task that is delivered again is analysed again and reported again, and the Backend keeps one result.</remarks>
internal sealed class AnalyseStoredClip(
    IBlobStorage storage, ClipAnalyser analyser, ModelInUse model, AnalysisSlots slots, ResultReporter reporter, AnalysisMetrics metrics) : IMessageHandler
{
    private static readonly ActivitySource s_source = new(AnalysisFeature.MeterName);

    public async Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (Read(delivery) is not { } task)
            return HandlingResult.Reject("message_unreadable", "The message is not a stored clip.");
        var start = Stopwatch.GetTimestamp();
        Activity.Current?.SetTag("siaga.clip.id", task.ClipId).SetTag("siaga.camera.id", task.CameraId);
        var local = Path.Combine(Path.GetTempPath(), $"siaga-{Guid.CreateVersion7():N}.clip");
        try
        {
            if (!await FetchAsync(task, local, cancellationToken))
                return await ReportFailureAsync(task, new Error(ErrorKind.NotFound, "clip_gone", "The clip is no longer in storage."), cancellationToken);
            var result = await slots.RunAsync(() => Analyse(local, cancellationToken), cancellationToken);
            if (!result.IsOk)
            {
                metrics.Failed(Stopwatch.GetElapsedTime(start));
                return await ReportFailureAsync(task, result.Error, cancellationToken);
            }

            metrics.Analysed(Stopwatch.GetElapsedTime(start), result.Value);
            return await reporter.ReportAsync(task, result.Value, cancellationToken);
        }
        finally
        {
            File.Delete(local);
        }
    }

    public async Task OnGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken)
    {
        if (Read(delivery) is { } task)
            await reporter.ReportFailureAsync(task, new Error(ErrorKind.Unavailable, "attempts_exhausted", reason), cancellationToken);
    }

    private Result<AnalysisResult> Analyse(string local, CancellationToken cancellationToken)
    {
        using var span = s_source.StartActivity("analyse");
        var result = analyser.Analyse(local, model.Model, cancellationToken);
        if (result.IsOk)
            span?.SetTag("siaga.frames", result.Value.Frames).SetTag("siaga.anomaly", result.Value.Anomaly).SetTag("siaga.confidence", result.Value.Confidence);
        else
            span?.SetStatus(ActivityStatusCode.Error, result.Error.Code);
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

    /// <summary>A permanent failure: told to the Backend first, so that the clip's state says why, and then a dead letter.</summary>
    private async Task<HandlingResult> ReportFailureAsync(ClipStored task, Error error, CancellationToken cancellationToken)
    {
        var reported = await reporter.ReportFailureAsync(task, error, cancellationToken);
        return reported is HandlingResult.DoneResult ? HandlingResult.Reject(error.Code, error.Message) : reported;
    }

    private async Task<bool> FetchAsync(ClipStored task, string local, CancellationToken cancellationToken)
    {
        await using var stored = await storage.OpenReadAsync(task.VideoPath, cancellationToken);
        if (stored is null)
            return false;
        await using var file = File.Create(local);
        await stored.CopyToAsync(file, cancellationToken);
        return true;
    }
}
