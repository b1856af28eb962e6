using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Siaga.Messages;
using Siaga.Web;

namespace Siaga.Intake;

/// <summary>Asks the Backend about camera keys and cameras, and reports to it when keys were used.</summary>
internal sealed class BackendKeys(IHttpClientFactory clients, BackendAddress address, IOptions<ServiceTokenOptions> tokens)
{
    public const string ClientName = "siaga-ingestion-to-backend";

    internal sealed record Item(long Id, long CameraId, long CompanyId, string Hash, bool Active);

    internal sealed record Changes(DateTimeOffset Now, IReadOnlyList<Item> Keys, string? After = null);

    internal sealed record Camera(long CameraId, long CompanyId);

    internal sealed record Use(long Id, DateTimeOffset At);

    /// <param name="after">The time after which keys changed.</param>
    /// <param name="place">The end of the previous page; null: the first page.</param>
    public async Task<Changes> GetChangesAsync(DateTimeOffset after, string? place, CancellationToken cancellationToken)
    {
        var query = Uri.EscapeDataString(after.ToString("O"));
        var path = $"internal/camera-keys?changed_after={query}&after={place}";
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Changes>(MessageJson.Options, cancellationToken)
            ?? throw new InvalidDataException("The Backend answered nothing.");
    }

    /// <returns>Null if there is no such key.</returns>
    public async Task<Item?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, "internal/camera-keys/find", new { hash }, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Item>(MessageJson.Options, cancellationToken);
    }

    /// <returns>Null if there is no such camera in use.</returns>
    public async Task<Camera?> FindCameraAsync(string camera, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, $"internal/cameras/{Uri.EscapeDataString(camera)}", null, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Camera>(MessageJson.Options, cancellationToken);
    }

    public async Task ReportUsesAsync(IReadOnlyList<Use> used, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, "internal/camera-keys/used", new { used }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Asks the Backend whether the bearer of a token may see a camera, so that its rules apply here too.</summary>
    public async Task<HttpStatusCode> MaySeeCameraAsync(string authorization, long cameraId, CancellationToken cancellationToken)
    {
        var uri = new Uri(await address.GetAsync(cancellationToken), $"api/cameras/{cameraId}");
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var client = clients.CreateClient(ClientName);
        using var response = await client.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(await address.GetAsync(cancellationToken), path));
        request.Headers.TryAddWithoutValidation("X-Ingestion-Token", tokens.Value.Ingestion);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: MessageJson.Options);
        using var client = clients.CreateClient(ClientName);
        return await client.SendAsync(request, cancellationToken);
    }
}
