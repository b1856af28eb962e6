using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siaga.Analysis.Detection;
using Siaga.Backend;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Analysis;

/// <summary>Reports results to the Backend. A task is done only after a 2xx.</summary>
internal sealed partial class ResultReporter(
    WorkerApi backend, ModelInUse model, IOptions<WorkerOptions> options, TimeProvider time, ILogger<ResultReporter> logger)
{
    private long _lastReportTicks;

    /// <summary>When the Backend last stored a report of this process, UTC; null for never.</summary>
    public DateTimeOffset? LastReportAt =>
        Interlocked.Read(ref _lastReportTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <returns>The handling result of the task, and what the Backend stored; null when it stored nothing.</returns>
    public Task<(HandlingResult Result, Recorded? Recorded)> ReportAsync(
        ClipStored task, ClipFindings found, CancellationToken cancellationToken)
    {
        var report = About(task, AnalysisState.Analysed) with
        {
            Detector = found.Detector,
            Labels = found.Labels,
            Anomaly = found.Anomaly,
            Label = found.Label,
            Confidence = found.Confidence,
            Windows = found.Windows,
            Video = found.Form,
            Scene = found.Scene?.Report,
            Findings = found.Findings,
            Frames = found.Frames,
            Seconds = found.Seconds,
            DecodeMs = found.DecodeMs,
            InferMs = found.InferMs,
        };
        return SendAsync(report, cancellationToken);
    }

    /// <summary>Handles a permanent failure: reports it to the Backend, so that the clip shows why, and then rejects the task.</summary>
    public async Task<HandlingResult> ReportFailureAsync(ClipStored task, Error error, CancellationToken cancellationToken)
    {
        var report = About(task, AnalysisState.Failed) with { Reason = new ReportAnalysisFailure(error.Code, error.Message) };
        var (handled, recorded) = await SendAsync(report, cancellationToken);
        return recorded is null ? handled : HandlingResult.Reject(error.Code, error.Message);
    }

    private ReportAnalysisRequest About(ClipStored task, AnalysisState state) => new()
    {
        TaskId = task.TaskId,
        ClipId = task.ClipId,
        CameraId = AnalyseStoredClip.CameraOf(task),
        CompanyId = task.CompanyId,
        StorageKey = task.VideoPath,
        Sha256 = task.Sha256,
        State = state,
        CapturedAt = task.CapturedAt,
        ReceivedAt = task.ReceivedAt,
        Model = model.Model is { } used ? new ReportAnalysisModelUsed(used.Name, used.Sha256) : null,
        Worker = options.Value.Name,
    };

    /// <summary>The problem document's code; null when the answer is not a problem document.</summary>
    private static string? CodeOf(string answer)
    {
        try
        {
            return JsonNode.Parse(answer) is JsonObject problem && problem["code"] is JsonValue code
                && code.TryGetValue<string>(out var text)
                ? text
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<(HandlingResult Result, Recorded? Recorded)> SendAsync(
        ReportAnalysisRequest report, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await backend.ReportAsync(report, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                Interlocked.Exchange(ref _lastReportTicks, time.GetUtcNow().UtcTicks);
                return (HandlingResult.Done, await response.Content.ReadFromJsonAsync(
                    MessageJsonContext.Default.Recorded, cancellationToken));
            }

            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var status = (int)response.StatusCode;

            // The camera was purged while its clip was on its way here: there is no one to report to, and a dead letter would help no one.
            if (status == 404 && CodeOf(text) == "camera_not_found")
            {
                LogGone(report.TaskId, report.CameraId);
                return (HandlingResult.Done, null);
            }

            // A wrong token or a busy Backend can be fixed elsewhere, so retry; a report that the Backend calls invalid stays invalid.
            return status is 400 or 404 or 409 or 413 or 415 or 422
                ? (HandlingResult.Reject("report_refused", $"The Backend refuses the report ({status}): {text}"), null)
                : (HandlingResult.Away(BackendClient.Away, $"The Backend answered {status}", response.Headers.RetryAfter?.Delta), null);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (HandlingResult.Away(BackendClient.Away, $"The Backend cannot be reached: {e.InOneLine()}"), null);
        }
    }

    [LoggerMessage(2102, LogLevel.Warning, "{TaskId} is done without a result: its camera {CameraId} was purged")]
    private partial void LogGone(string taskId, long cameraId);
}
