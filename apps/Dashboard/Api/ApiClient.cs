using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Siaga.App.Dashboard.Session;

namespace Siaga.App.Dashboard.Api;

/// <summary>Calls the API as the person who is signed in. Never throws for what a server or a network may do.</summary>
public sealed class ApiClient(HttpClient http, SessionState session)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public Task<Answer<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, path, null, type, cancellationToken);

    /// <summary>Every item of a list, at most <paramref name="pages"/> pages of it.</summary>
    public async Task<Answer<List<T>>> ListAsync<T>(string path, JsonTypeInfo<List<T>> type, int pages, CancellationToken cancellationToken = default)
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
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SendAsync(method, path, () => JsonContent.Create(body, bodyType), type, cancellationToken);

    /// <summary>A change that is refused (412) when the thing is no longer as it was read.</summary>
    /// <param name="path">Of the one thing.</param>
    /// <param name="version">As the answer told it; null: whatever it is.</param>
    /// <param name="body">What changes.</param>
    /// <param name="bodyType">How it is written.</param>
    /// <param name="type">How the answer is read.</param>
    public Task<Answer<T>> ChangeAsync<TBody, T>(string path, string? version, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type) =>
        SendAsync(HttpMethod.Put, path, () => JsonContent.Create(body, bodyType), type, CancellationToken.None, version);

    /// <summary>A call whose answer says nothing more.</summary>
    public Task<Answer<Nothing>> SendAsync<TBody>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken = default) =>
        SendAsync<Nothing>(method, path, () => JsonContent.Create(body, bodyType), null, cancellationToken);

    /// <summary>A call without a body, whose answer says nothing more.</summary>
    public Task<Answer<Nothing>> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken = default) =>
        SendAsync<Nothing>(method, path, null, null, cancellationToken);

    /// <summary>The same without a body, for an answer that says nothing more.</summary>
    /// <param name="method">POST or DELETE.</param>
    /// <param name="path">Of the one thing, or of what is done to it.</param>
    /// <param name="version">As the answer told it; null: whatever it is.</param>
    public Task<Answer<Nothing>> ChangeAsync(HttpMethod method, string path, string? version) =>
        SendAsync<Nothing>(method, path, null, null, CancellationToken.None, version);

    /// <summary>Opens an answer that goes on, such as events; the caller reads and disposes it.</summary>
    /// <exception cref="HttpRequestException">Nobody answers.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, Action<HttpRequestHeaders> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Options.Set(new HttpRequestOptionsKey<bool>("WebAssemblyEnableStreamingResponse"), value: true);
        if (await session.FreshTokenAsync() is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        headers(request.Headers);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <param name="method">GET, POST, PUT or DELETE.</param>
    /// <param name="path">Or the whole address of a next page.</param>
    /// <param name="content">Made anew for each try; null: no body.</param>
    /// <param name="type">Null: the answer is not read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="version">For <c>If-Match</c>; null: none.</param>
    private async Task<Answer<T>> SendAsync<T>(
        HttpMethod method, string path, Func<HttpContent>? content, JsonTypeInfo<T>? type, CancellationToken cancellationToken, string? version = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            var answer = await TryAsync(method, path, content, type, version, patience.Token);
            return answer.Problem is { Status: 401 } && IsForPeople(path) && await session.RenewAsync()
                ? await TryAsync(method, path, content, type, version, patience.Token)
                : answer;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Answer<T>(default, Problem.Offline);
        }
    }

    private async Task<Answer<T>> TryAsync<T>(
        HttpMethod method, string path, Func<HttpContent>? content, JsonTypeInfo<T>? type, string? version, CancellationToken cancellationToken)
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
        return new Answer<T>(await response.Content.ReadFromJsonAsync(type, cancellationToken), null) { Next = NextOf(response), Version = response.Headers.ETag?.ToString() };
    }

    private static bool IsForPeople(string path) => path is not ("/api/login" or "/api/invitations/accept");

    // A next page is named with the server's public address, which may not be the one that this browser used.
    private static string PathOf(string path) => path.StartsWith('/') ? path : new Uri(path).PathAndQuery;

    private static string? NextOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links) && links.First() is ['<', ..] link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        try
        {
            var document = await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemDocument, cancellationToken);
            var message = document?.Detail ?? document?.Title ?? response.ReasonPhrase ?? "";
            return new Problem(status, document?.Code ?? "failed", message)
            {
                Field = document?.Errors?.Keys.FirstOrDefault() ?? NamedField(message),
            };
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or NotSupportedException)
        {
            return response.StatusCode == HttpStatusCode.BadGateway ? Problem.Offline : new Problem(status, "failed", response.ReasonPhrase ?? "");
        }
    }

    // "'time_zone' is not one that is known.": the API quotes the field that it is about.
    private static string? NamedField(string message) =>
        message.Split('\'') is [_, { Length: > 0 } name, _, ..] && name.All(c => c is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9')) ? name : null;
}

/// <summary>RFC 9457, with our code.</summary>
public sealed record ProblemDocument(string? Title, string? Detail, string? Code)
{
    public Dictionary<string, string[]>? Errors { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProblemDocument))]
public sealed partial class ApiJson : JsonSerializerContext;
