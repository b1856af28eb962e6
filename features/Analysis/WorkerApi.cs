using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Backend;
using Siaga.Messages;

namespace Siaga.Analysis;

/// <summary>The worker's calls to the Backend. If the Backend cannot answer now they throw, and the task is tried again.</summary>
internal sealed class WorkerApi([FromKeyedServices(WorkerApi.Service)] BackendClient backend)
{
    /// <summary>The worker's name among the Backend's clients.</summary>
    public const string Service = "worker";

    /// <summary>Reports the result of a task. The caller disposes the answer.</summary>
    public Task<HttpResponseMessage> ReportAsync(ReportAnalysisRequest report, CancellationToken cancellationToken) => backend.SendAsync(
        HttpMethod.Post, "api/analyses", JsonContent.Create(report, MessageJsonContext.Default.ReportAnalysisRequest), cancellationToken);

    /// <returns>Null when the camera is gone.</returns>
    public Task<SceneInfo?> FindSceneAsync(long cameraId, CancellationToken cancellationToken) =>
        backend.FindAsync($"internal/cameras/{cameraId}/scene", MessageJsonContext.Default.SceneInfo, cancellationToken);

    /// <returns>Null when the camera is gone.</returns>
    public Task<WaitingSceneUpdates?> FindWaitingUpdatesAsync(long cameraId, CancellationToken cancellationToken) =>
        backend.FindAsync($"internal/cameras/{cameraId}/scene/lessons", MessageJsonContext.Default.WaitingSceneUpdates, cancellationToken);

    /// <returns>Null when the camera is gone.</returns>
    public Task<SceneUpdateAnswer?> SubmitUpdateAsync(long cameraId, SceneUpdateNote note, CancellationToken cancellationToken) =>
        backend.AskAsync(
            HttpMethod.Post, $"internal/cameras/{cameraId}/scene/lessons", note,
            MessageJsonContext.Default.SceneUpdateNote, MessageJsonContext.Default.SceneUpdateAnswer, cancellationToken);

    /// <summary>Accepts a conflict (another worker was first) and a missing camera: then nothing is left to do.</summary>
    public async Task PublishVersionAsync(long cameraId, SceneVersionNote note, CancellationToken cancellationToken)
    {
        var status = await backend.TellAsync(
            HttpMethod.Post, $"internal/cameras/{cameraId}/scene/versions", note, MessageJsonContext.Default.SceneVersionNote,
            cancellationToken);
        BackendClient.Require(status, HttpStatusCode.Conflict, HttpStatusCode.NotFound);
    }

    /// <summary>Reports everything that was made of a clip besides its result.</summary>
    public async Task<ClipProductsAnswer> StoreProductsAsync(long cameraId, ClipProducts products, CancellationToken cancellationToken) =>
        await backend.AskAsync(
            HttpMethod.Put, $"internal/cameras/{cameraId}/products", products,
            MessageJsonContext.Default.ClipProducts, MessageJsonContext.Default.ClipProductsAnswer, cancellationToken)
        ?? throw new HttpRequestException("The Backend does not say what became of the clip's products.");

    public Task<HttpStatusCode> StorePlayableAsync(string clipId, PlayableNote note, CancellationToken cancellationToken) =>
        backend.TellAsync(
            HttpMethod.Put, $"internal/clips/{Uri.EscapeDataString(clipId)}/playable", note, MessageJsonContext.Default.PlayableNote,
            cancellationToken);
}
