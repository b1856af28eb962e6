using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Siaga.Tests.Siaga;

/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body; undefined when there is none.</param>
internal sealed record Answer(int Status, JsonElement Body)
{
    public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;
}

/// <param name="Id">The camera's id.</param>
/// <param name="CompanyId">The company that owns it.</param>
/// <param name="Key">The camera key.</param>
/// <param name="KeyId">The key's id, for revoking it.</param>
internal sealed record Camera(long Id, long CompanyId, string Key, long KeyId);

/// <summary>A signed-in client of the public API, which can also upload as a camera.</summary>
internal sealed class Api(Uri address) : IDisposable
{
    public const string Email = "root@siaga.test";
    public const string Password = "a long first password";

    private readonly HttpClient _http =
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    private int _number;

    public Uri Address => address;

    public async Task SignInAsync(string email = Email, string password = Password)
    {
        var token = (await SendAsync(HttpMethod.Post, "api/login", new { email, password })).Body.GetProperty("token").GetString();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken) =>
        _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request);
        return await ReadAsync(response);
    }

    public async Task<Camera> MakeCameraAsync()
    {
        var number = Interlocked.Increment(ref _number);
        var company = (await SendAsync(HttpMethod.Post, "api/companies", new { name = $"Company {number}" })).Body.GetProperty("company_id")
            .GetInt64();
        return await MakeCameraAsync(company);
    }

    public async Task<Camera> MakeCameraAsync(long company)
    {
        var camera = (await SendAsync(
            HttpMethod.Post, "api/cameras", new { name = "Gate", location = "North", company_id = company })).Body.GetProperty("camera_id")
            .GetInt64();
        var key = (await SendAsync(HttpMethod.Post, $"api/cameras/{camera}/keys", new { })).Body;
        return new Camera(camera, company, key.GetProperty("key").GetString()!, key.GetProperty("id").GetInt64());
    }

    /// <summary>Uploads a clip as a camera does.</summary>
    public async Task<Answer> UploadAsync(
        string? key, HttpContent? clip, string fileName = "clip.mp4", string? cameraId = null, string? capturedAt = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default)
    {
        using var form = new MultipartFormDataContent();
        if (cameraId is not null)
            form.Add(new StringContent(cameraId), "camera_id");
        if (capturedAt is not null)
            form.Add(new StringContent(capturedAt), "captured_at");
        if (clip is not null)
            form.Add(clip, "video_clip", fileName);
        else if (cameraId is null)
            form.Add(new StringContent("nothing"), "note");
        return await PostAsync(key, form, idempotencyKey, cancellationToken);
    }

    public async Task<Answer> PostAsync(
        string? key, HttpContent content, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "ingest/video")) { Content = content };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("X-Camera-Key", key);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var camera = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
        using var response = await camera.SendAsync(request, cancellationToken);
        return await ReadAsync(response);
    }

    public Task<Answer> UploadAsync(Camera camera, string file, DateTimeOffset? capturedAt = null) => UploadAsync(
        camera.Key, new ByteArrayContent(File.ReadAllBytes(file)), Path.GetFileName(file),
        capturedAt: capturedAt?.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Every item of a list, page by page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path)
    {
        var items = new List<JsonElement>();
        for (var next = path; next is not null;)
        {
            using var response = await _http.GetAsync(new Uri(next, UriKind.RelativeOrAbsolute));
            response.EnsureSuccessStatusCode();
            items.AddRange((await ReadAsync(response)).Body.EnumerateArray());
            next = response.Headers.TryGetValues("Link", out var links)
                ? links.First()[1..links.First().IndexOf('>', StringComparison.Ordinal)]
                : null;
        }

        return items;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Answer((int)response.StatusCode, isJson ? JsonDocument.Parse(text).RootElement : default);
    }
}
