using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Siaga.App.Dashboard.Session;

namespace Siaga.App.Dashboard.Api;

/// <summary>Calls the API as the signed-in user. Failures of server and network are problems, not exceptions.</summary>
public sealed class ApiClient(HttpClient http, SessionState session)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    public Task<Answer<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, path, null, type, cancellationToken);

    /// <summary>The items of a list, of at most <paramref name="pages"/> pages.</summary>
    public async Task<Answer<List<T>>> ListAsync<T>(
        string path, JsonTypeInfo<List<T>> type, int pages, CancellationToken cancellationToken = default)
    {
        var all = new List<T>();
        var next = path;
        for (var page = 0; page < pages && next is not null; page++)
        {
            var answer = await GetAsync(next, type, cancellationToken);
            if (!answer.IsOk)
                return answer;
            all.AddRange(answer.Value!);
            next = answer.Next;
        }

        return new Answer<List<T>>(all, null) { Next = next };
    }

    public Task<Answer<T>> SendAsync<TBody, T>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type,
        CancellationToken cancellationToken = default) =>
        SendAsync(method, path, () => ContentOf(body, bodyType), type, cancellationToken);

    /// <summary>A call without a body.</summary>
    public Task<Answer<T>> SendAsync<T>(
        HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SendAsync(method, path, null, type, cancellationToken);

    /// <summary>A change (PUT) that the server refuses with 412 when the resource has changed since it was read.</summary>
    /// <param name="version"><see cref="Answer{T}.Version"/> as it was read; null to change any version.</param>
    public Task<Answer<T>> ChangeAsync<TBody, T>(
        string path, string? version, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type) =>
        SendAsync(HttpMethod.Put, path, () => ContentOf(body, bodyType), type, CancellationToken.None, version);

    /// <summary>A call whose answer has no content.</summary>
    public Task<Answer<Nothing>> SendAsync<TBody>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken = default) =>
        SendAsync<Nothing>(method, path, () => ContentOf(body, bodyType), null, cancellationToken);

    /// <summary>A call without a body, whose answer has no content.</summary>
    public Task<Answer<Nothing>> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken = default) =>
        SendAsync<Nothing>(method, path, null, null, cancellationToken);

    /// <summary>A change without a body, whose answer has no content; refused with 412 like the other.</summary>
    /// <param name="method">POST or DELETE.</param>
    /// <param name="version"><see cref="Answer{T}.Version"/> as it was read; null to change any version.</param>
    public Task<Answer<Nothing>> ChangeAsync(HttpMethod method, string path, string? version) =>
        SendAsync<Nothing>(method, path, null, null, CancellationToken.None, version);

    /// <summary>Opens a stream, such as events; the caller reads and disposes it.</summary>
    /// <exception cref="HttpRequestException">The server does not answer.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, Action<HttpRequestHeaders> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Options.Set(new HttpRequestOptionsKey<bool>("WebAssemblyEnableStreamingResponse"), value: true);
        if (await session.FreshTokenAsync() is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        headers(request.Headers);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <param name="path">A path, or the absolute URL of a next page.</param>
    /// <param name="content">Called for each attempt; null for no body.</param>
    /// <param name="type">Null when the answer is not read.</param>
    /// <param name="version">For <c>If-Match</c>; null for none.</param>
    private async Task<Answer<T>> SendAsync<T>(
        HttpMethod method, string path, Func<HttpContent>? content, JsonTypeInfo<T>? type, CancellationToken cancellationToken,
        string? version = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_timeout);
        try
        {
            var answer = await TryAsync(method, path, content, type, version, limit.Token);
            return answer.Problem is { Status: 401 } && IsForPeople(path) && await session.RenewAsync()
                ? await TryAsync(method, path, content, type, version, limit.Token)
                : answer;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Answer<T>(default, Problem.Offline);
        }
    }

    private async Task<Answer<T>> TryAsync<T>(
        HttpMethod method, string path, Func<HttpContent>? content, JsonTypeInfo<T>? type, string? version,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, PathOf(path)) { Content = content?.Invoke() };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        if (IsForPeople(path))
        {
            if (await session.FreshTokenAsync() is not { } token)
                return new Answer<T>(default, session.Stage == SessionStage.In ? Problem.Offline : Problem.SessionEnded);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            return new Answer<T>(default, await ReadProblemAsync(response, cancellationToken));
        if (type is null)
            return default;
        return new Answer<T>(await ReadAsync(response, type, cancellationToken), null)
        {
            Next = NextOf(response),
            Version = response.Headers.ETag?.ToString(),
        };
    }

    // The same as System.Net.Http.Json, without loading that assembly: 5 kB of the first load.
    private static ByteArrayContent ContentOf<T>(T body, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(body, type))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    private static async ValueTask<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken);
    }

    private static bool IsForPeople(string path) => path is not ("/api/login" or "/api/invitations/accept");

    // The URL of a next page contains the server's public address, which may differ from the one that this browser uses.
    private static string PathOf(string path) => path.StartsWith('/') ? path : new Uri(path).PathAndQuery;

    private static string? NextOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links) && links.First() is ['<', ..] link
            ? link[1..link.IndexOf('>', StringComparison.Ordinal)]
            : null;

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        try
        {
            var document = await ReadAsync(response, ApiJson.Default.ProblemDocument, cancellationToken);
            var message = document?.Detail ?? document?.Title ?? response.ReasonPhrase ?? "";
            return new Problem(status, document?.Code ?? "failed", message)
            {
                Field = document?.Errors?.Keys.FirstOrDefault() ?? NamedField(message),
            };
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or NotSupportedException)
        {
            return response.StatusCode == HttpStatusCode.BadGateway
                ? Problem.Offline
                : new Problem(status, "failed", response.ReasonPhrase ?? "");
        }
    }

    // "'time_zone' is not one that is known.": the API quotes the field that it is about.
    private static string? NamedField(string message) =>
        message.Split('\'') is [_, { Length: > 0 } name, _, ..] && name.All(c => c is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            ? name
            : null;
}

/// <summary>A problem document (RFC 9457) with the API's code.</summary>
public sealed record ProblemDocument(string? Title, string? Detail, string? Code)
{
    public Dictionary<string, string[]>? Errors { get; init; }
}
