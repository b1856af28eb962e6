using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Analysis;

/// <summary>Reports results to the Backend; a task counts as done only after its 2xx.</summary>
internal sealed class ResultReporter(IHttpClientFactory clients, BackendAddress address, IOptions<ServiceTokenOptions> tokens, ModelInUse model)
{
    public const string ClientName = "siaga-worker-to-backend";

    public Task<HandlingResult> ReportAsync(ClipStored task, AnalysisResult result, CancellationToken cancellationToken)
    {
        var body = About(task);
        body["state"] = "analysed";
        body["labels"] = Json(result.Labels);
        body["anomaly"] = result.Anomaly;
        body["label"] = result.Label;
        body["confidence"] = result.Confidence;
        body["windows"] = Json(result.Windows);
        body["frames"] = result.Frames;
        body["seconds"] = result.Seconds;
        body["decode_ms"] = result.DecodeMs;
        body["infer_ms"] = result.InferMs;
        return SendAsync(body, cancellationToken);
    }

    public Task<HandlingResult> ReportFailureAsync(ClipStored task, Error error, CancellationToken cancellationToken)
    {
        var body = About(task);
        body["state"] = "failed";
        body["reason"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        return SendAsync(body, cancellationToken);
    }

    private static JsonNode? Json<T>(T value) => System.Text.Json.JsonSerializer.SerializeToNode(value, MessageJson.Options);

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
        ["model"] = new JsonObject { ["name"] = model.Model.Name, ["sha256"] = model.Model.Sha256 },
        ["worker"] = Environment.MachineName,
    };

    private async Task<HandlingResult> SendAsync(JsonObject body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(await address.GetAsync(cancellationToken), "api/analyses"));
            request.Headers.TryAddWithoutValidation("X-Worker-Token", tokens.Value.Worker);
            request.Content = JsonContent.Create(body);
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
                return HandlingResult.Done;
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var status = (int)response.StatusCode;

            // A wrong token or a busy Backend is mended outside; a report that the Backend finds wrong stays wrong.
            return status is 400 or 404 or 409 or 413 or 415 or 422
                ? HandlingResult.Reject("report_refused", $"The Backend refuses the report ({status}): {text}")
                : HandlingResult.Retry($"The Backend answered {status}.", response.Headers.RetryAfter?.Delta);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HandlingResult.Retry($"The Backend cannot be reached: {e.Message}");
        }
    }
}
