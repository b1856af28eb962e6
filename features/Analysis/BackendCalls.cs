using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Siaga.Messages;
using Siaga.Web;

namespace Siaga.Analysis;

/// <summary>Calls to the Backend, by the worker's own token.</summary>
internal sealed class BackendCalls(IHttpClientFactory clients, BackendAddress address, IOptions<ServiceTokenOptions> tokens)
{
    public const string ClientName = "siaga-worker-to-backend";

    /// <summary>How logs call it that the Backend does not answer.</summary>
    public const string Away = "backend_unavailable";

    /// <param name="method">The method.</param>
    /// <param name="path">Without a slash at its beginning.</param>
    /// <param name="body">JSON; null: none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(await address.GetAsync(cancellationToken), path));
        request.Headers.TryAddWithoutValidation("X-Worker-Token", tokens.Value.Worker);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: MessageJson.Options);
        using var client = clients.CreateClient(ClientName);
        return await client.SendAsync(request, cancellationToken);
    }
}
