using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Backend;
using Siaga.Messages;

namespace Siaga.Intake;

/// <summary>Ingestion's calls of the Backend: camera keys, cameras, and what a person may see.</summary>
internal sealed class IngestionApi([FromKeyedServices(IngestionApi.Service)] BackendClient backend)
{
    /// <summary>The name of this service among those that call the Backend.</summary>
    public const string Service = "ingestion";

    /// <param name="after">The time after which keys changed.</param>
    /// <param name="place">The end of the previous page; null: the first page.</param>
    /// <param name="seen">The mark of an earlier answer: waits until keys have changed since, at most 8 s. Null: answers at once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<CameraKeyChanges> GetKeyChangesAsync(
        DateTimeOffset after, string? place, string? seen, CancellationToken cancellationToken)
    {
        var query = Uri.EscapeDataString(after.ToString("O"));
        var path = $"internal/camera-keys?changed_after={query}&after={place}&seen={Uri.EscapeDataString(seen ?? "")}";
        return await backend.FindAsync(path, MessageJsonContext.Default.CameraKeyChanges, cancellationToken)
            ?? throw new HttpRequestException("The Backend does not provide camera keys.", null, HttpStatusCode.NotFound);
    }

    /// <returns>Null if there is no such key.</returns>
    public Task<CameraKeyInfo?> FindKeyAsync(string hash, CancellationToken cancellationToken) => backend.AskAsync(
        HttpMethod.Post, "internal/camera-keys/find", new CameraKeyQuery(hash),
        MessageJsonContext.Default.CameraKeyQuery, MessageJsonContext.Default.CameraKeyInfo, cancellationToken);

    /// <returns>Null if there is no such camera in use.</returns>
    public Task<CameraOwner?> FindCameraAsync(string camera, CancellationToken cancellationToken) =>
        backend.FindAsync($"internal/cameras/{Uri.EscapeDataString(camera)}", MessageJsonContext.Default.CameraOwner, cancellationToken);

    public async Task ReportUsesAsync(IReadOnlyList<CameraKeyUse> used, CancellationToken cancellationToken) => BackendClient.Require(
        await backend.TellAsync(
            HttpMethod.Post, "internal/camera-keys/used", new CameraKeyUses(used), MessageJsonContext.Default.CameraKeyUses,
            cancellationToken));

    /// <summary>Whether the bearer of a token may see a camera. The Backend's rules decide, here as everywhere.</summary>
    public Task<HttpStatusCode> MaySeeCameraAsync(string authorization, long cameraId, CancellationToken cancellationToken) =>
        backend.AskAsAsync(authorization, $"api/cameras/{cameraId}", cancellationToken);
}
