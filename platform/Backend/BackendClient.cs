using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace Siaga.Backend;

/// <summary>
/// How a service calls the Backend: its address, the service's own token, and one rule for what cannot be reached. It knows no record of any
/// call; each feature has a class of typed calls over it. Safe for several threads.
/// </summary>
/// <param name="clients">Makes the connection.</param>
/// <param name="address">Where the Backend answers.</param>
/// <param name="credential">The header that proves which service calls.</param>
/// <param name="clientName">The name under which the connection's settings are registered.</param>
public sealed class BackendClient(
    IHttpClientFactory clients, BackendAddress address, (string Header, string? Token) credential, string clientName)
{
    /// <summary>What logs and results call a Backend that does not answer.</summary>
    public const string Away = "backend_unavailable";

    /// <summary>Asks for something.</summary>
    /// <returns>Null: there is no such thing (404).</returns>
    /// <exception cref="HttpRequestException">The Backend cannot be reached, or refuses.</exception>
    public async Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await ReadAsync(response, answer, cancellationToken);
    }

    /// <summary>Reports something, and reads the answer.</summary>
    /// <returns>Null: what it is about is gone (404).</returns>
    /// <exception cref="HttpRequestException">The Backend cannot be reached, or refuses.</exception>
    public async Task<TAnswer?> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body, bodyType), cancellationToken);
        return await ReadAsync(response, answer, cancellationToken);
    }

    /// <summary>Reports something of which only the status matters.</summary>
    /// <exception cref="HttpRequestException">The Backend cannot be reached.</exception>
    public async Task<HttpStatusCode> TellAsync<TBody>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, JsonContent.Create(body, bodyType), cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Sends a request as this service.</summary>
    /// <param name="path">Without a slash at its beginning.</param>
    /// <param name="content">Null: none.</param>
    /// <exception cref="HttpRequestException">The Backend cannot be reached.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken) =>
        SendAsync(method, path, content, credential, cancellationToken);

    /// <summary>Asks as somebody else, with that caller's own <c>Authorization</c>: the Backend's rules decide what the caller may see.</summary>
    /// <exception cref="HttpRequestException">The Backend cannot be reached.</exception>
    public async Task<HttpStatusCode> AskAsAsync(string authorization, string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, ("Authorization", authorization), cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Throws what stands for a refusal, unless the status is a success or one of those that are no failure here.</summary>
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
