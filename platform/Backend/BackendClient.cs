using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace Siaga.Backend;

/// <summary>
/// Calls the Backend for a service: holds its address and the service's token, and turns failures into exceptions. It knows none of the
/// calls' records; each feature has a class of typed calls on top of it. Thread-safe.
/// </summary>
/// <param name="clients">Creates the HTTP client.</param>
/// <param name="address">The Backend's address.</param>
/// <param name="credential">The header that authenticates the service.</param>
/// <param name="clientName">The name under which the HTTP client is registered.</param>
public sealed class BackendClient(
    IHttpClientFactory clients, BackendAddress address, (string Header, string? Token) credential, string clientName)
{
    /// <summary>The code of a Backend that cannot be reached, in logs and results.</summary>
    public const string Away = "backend_unavailable";

    /// <summary>Gets a JSON document.</summary>
    /// <returns>Null when it does not exist (404).</returns>
    /// <exception cref="HttpRequestException">The Backend cannot be reached, or refuses.</exception>
    public async Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await ReadAsync(response, answer, cancellationToken);
    }

    /// <summary>Sends a JSON document and reads the answer.</summary>
    /// <returns>Null when the thing it is about does not exist (404).</returns>
    /// <exception cref="HttpRequestException">The Backend cannot be reached, or refuses.</exception>
    public async Task<TAnswer?> AskAsync<TBody, TAnswer>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer,
        CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var response = await SendAsync(method, path, JsonContent.Create(body, bodyType), cancellationToken);
        return await ReadAsync(response, answer, cancellationToken);
    }

    /// <summary>Sends a JSON document for which only the status of the answer matters.</summary>
    /// <exception cref="HttpRequestException">The Backend cannot be reached.</exception>
    public async Task<HttpStatusCode> TellAsync<TBody>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, JsonContent.Create(body, bodyType), cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Sends a request as this service.</summary>
    /// <param name="path">Without a leading slash.</param>
    /// <param name="content">The body; null for none.</param>
    /// <exception cref="HttpRequestException">The Backend cannot be reached.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken) =>
        SendAsync(method, path, content, credential, cancellationToken);

    /// <summary>Gets a path with the <c>Authorization</c> of another caller: the Backend's rules decide what that caller may see.</summary>
    /// <exception cref="HttpRequestException">The Backend cannot be reached.</exception>
    public async Task<HttpStatusCode> AskAsAsync(string authorization, string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, ("Authorization", authorization), cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Throws unless the status is a success or one of <paramref name="alsoFine"/>.</summary>
    /// <exception cref="HttpRequestException">The Backend refuses.</exception>
    public static void Require(HttpStatusCode status, params ReadOnlySpan<HttpStatusCode> alsoFine)
    {
        if ((int)status is < 200 or > 299 && !alsoFine.Contains(status))
            throw new HttpRequestException($"The Backend answered {(int)status}.", null, status);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, (string Header, string? Token) proof, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(await address.GetAsync(cancellationToken), path)) { Content = content };
        request.Headers.TryAddWithoutValidation(proof.Header, proof.Token);
        using var client = clients.CreateClient(clientName);
        return await client.SendAsync(request, cancellationToken);
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        Require(response.StatusCode);
        return await response.Content.ReadFromJsonAsync(type, cancellationToken);
    }
}
