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

/// <param name="AnomalyId">Null when the clip is normal.</param>
/// <param name="HasPicture">True when the anomaly's picture is stored.</param>
internal sealed record Recorded(long? AnomalyId, bool HasPicture = false);

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
        var body = About(task);
        body["state"] = "analysed";
        body["detector"] = found.Detector;
        body["labels"] = Json(found.Labels);
        body["anomaly"] = found.Anomaly;
        body["label"] = found.Label;
        body["confidence"] = found.Confidence;
        body["windows"] = Json(found.Windows);
        body["video"] = Json(found.Form);
        body["scene"] = Json(found.Scene?.Report);
        body["findings"] = Json(found.Findings);
        body["frames"] = found.Frames;
        body["seconds"] = found.Seconds;
        body["decode_ms"] = found.DecodeMs;
        body["infer_ms"] = found.InferMs;
        return SendAsync(body, cancellationToken);
    }

    /// <summary>Handles a permanent failure: reports it to the Backend, so that the clip shows why, and then rejects the task.</summary>
    public async Task<HandlingResult> ReportFailureAsync(ClipStored task, Error error, CancellationToken cancellationToken)
    {
        var body = About(task);
        body["state"] = "failed";
        body["reason"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        var (handled, recorded) = await SendAsync(body, cancellationToken);
        return recorded is null ? handled : HandlingResult.Reject(error.Code, error.Message);
    }

    private static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value, MessageJson.Options);

    private JsonObject About(ClipStored task) => new()
    {
        ["task_id"] = task.TaskId,
        ["clip_id"] = task.ClipId,
        ["camera_id"] = task.CameraId,
        ["company_id"] = task.CompanyId,
        ["storage_key"] = task.VideoPath,
        ["sha256"] = task.Sha256,
        ["captured_at"] = task.CapturedAt.ToString("O"),
        ["received_at"] = task.ReceivedAt.ToString("O"),
        ["model"] = model.Model is { } used ? new JsonObject { ["name"] = used.Name, ["sha256"] = used.Sha256 } : null,
        ["worker"] = options.Value.Name,
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

    private async Task<(HandlingResult Result, Recorded? Recorded)> SendAsync(JsonObject body, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await backend.ReportAsync(body, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                Interlocked.Exchange(ref _lastReportTicks, time.GetUtcNow().UtcTicks);
                return (HandlingResult.Done, await response.Content.ReadFromJsonAsync<Recorded>(MessageJson.Options, cancellationToken));
            }

            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var status = (int)response.StatusCode;

            // The camera was purged while its clip was on its way here: there is no one to report to, and a dead letter would help no one.
            if (status == 404 && CodeOf(text) == "camera_not_found")
            {
                LogGone($"{body["task_id"]}", $"{body["camera_id"]}");
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

    [LoggerMessage(2102, LogLevel.Warning, "{TaskId} is done without a result: its camera {CameraId} was removed for good")]
    private partial void LogGone(string taskId, string cameraId);
}
