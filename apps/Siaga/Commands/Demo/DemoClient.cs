using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Siaga.App.Siaga.Commands.Demo;

/// <param name="Id">The camera.</param>
/// <param name="Key">The key for its uploads.</param>
internal sealed record DemoCamera(long Id, string Key);

/// <param name="Clip">File name.</param>
/// <param name="ClipId">The id that Ingestion gave it.</param>
internal sealed record Upload(string Clip, string ClipId);

/// <summary>A client that uses the public API only.</summary>
/// <param name="address">The server's.</param>
/// <param name="handler">Sends the requests; null: over the network.</param>
internal sealed class DemoClient(Uri address, HttpMessageHandler? handler = null) : IDisposable
{
    private const string CompanyName = "Siaga demo";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = Make(address, handler);

    /// <returns>Why it was refused; null: signed in.</returns>
    public async Task<string?> SignInAsync(string email, string password, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync("api/login", new { email, password }, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return "The data folder belongs to another installation; choose another with --data.";
        var token = (await ReadAsync(response, cancellationToken)).GetProperty("token").GetString();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return null;
    }

    /// <summary>The camera of the demonstration's company, with a new key; both are created if they are missing.</summary>
    public async Task<DemoCamera> EnsureCameraAsync(CancellationToken cancellationToken)
    {
        var companies = await ListAsync("api/companies", cancellationToken);
        var known = companies.Where(c => c.GetProperty("name").GetString() == CompanyName)
            .Select(c => (long?)c.GetProperty("id").GetInt64()).FirstOrDefault();
        var company = known ?? await CreateAsync("api/companies", new { name = CompanyName }, "company_id", cancellationToken);
        var cameras = await ListAsync($"api/cameras?company_id={company}", cancellationToken);
        var camera = cameras.Count > 0
            ? cameras[0].GetProperty("id").GetInt64()
            : await CreateAsync(
                "api/cameras",
                new { name = "Front gate", location = "Demonstration", company_id = company },
                "camera_id",
                cancellationToken);
        await MakeRoomForKeyAsync(camera, cancellationToken);
        var key = (await PostAsync($"api/cameras/{camera}/keys", new { }, cancellationToken)).GetProperty("key").GetString()!;
        return new DemoCamera(camera, key);
    }

    /// <summary>Listens for alarms from now on: the time at which each clip's alarm arrived, by clip id.</summary>
    public async Task<ConcurrentDictionary<string, DateTimeOffset>> ListenAsync(CancellationToken cancellationToken)
    {
        var heard = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var response = await _http.GetAsync("api/events", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        _ = Task.Run(
            async () =>
            {
                using (response)
                {
                    var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                    await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
                    {
                        if (item.EventType != "anomaly")
                            continue;
                        using var anomaly = JsonDocument.Parse(item.Data);
                        heard.TryAdd(anomaly.RootElement.GetProperty("clip_id").GetString() ?? "", TimeProvider.System.GetUtcNow());
                    }
                }
            },
            cancellationToken);
        return heard;
    }

    public async Task<Upload> UploadAsync(string file, DemoCamera camera, int number, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        await using var stream = File.OpenRead(file);
        form.Add(new StreamContent(stream), "video_clip", Path.GetFileName(file));

        // Each clip has its own time, so that a second demonstration on the same folder is not a repetition of the first.
        var captured = TimeProvider.System.GetUtcNow().AddSeconds(number - 20);
        form.Add(new StringContent(captured.ToString("O", CultureInfo.InvariantCulture)), "captured_at");
        using var request = new HttpRequestMessage(HttpMethod.Post, "ingest/video") { Content = form };
        request.Headers.Add("X-Camera-Key", camera.Key);
        using var response = await _http.SendAsync(request, cancellationToken);
        return new Upload(Path.GetFileName(file), (await ReadAsync(response, cancellationToken)).GetProperty("clip_id").GetString()!);
    }

    /// <summary>Waits until every clip has its result, or <see cref="s_patience"/> ends.</summary>
    public async Task<IReadOnlyList<DemoResult>> ResultsAsync(
        IReadOnlyList<Upload> uploads,
        DemoCamera camera,
        ConcurrentDictionary<string, DateTimeOffset> alarms,
        Action advance,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var start = TimeProvider.System.GetTimestamp();
        while (!uploads.All(u => found.ContainsKey(u.ClipId)) && TimeProvider.System.GetElapsedTime(start) < s_patience)
        {
            foreach (var analysis in (await GetAsync($"api/analyses?camera_id={camera.Id}&limit=100", cancellationToken)).EnumerateArray())
            {
                var clipId = analysis.GetProperty("clip_id").GetString()!;
                if (uploads.Any(u => u.ClipId == clipId) && found.TryAdd(clipId, analysis))
                    advance();
            }

            await Task.Delay(s_pause, cancellationToken);
        }

        var awaited = found.Where(f => f.Value.GetProperty("anomaly").GetBoolean()).Select(f => f.Key).ToList();
        while (!awaited.All(alarms.ContainsKey) && TimeProvider.System.GetElapsedTime(start) < s_patience)
            await Task.Delay(s_pause, cancellationToken);
        return [.. uploads.Select(u => ResultOf(u, found.TryGetValue(u.ClipId, out var analysis) ? analysis : null, alarms))];
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient Make(Uri address, HttpMessageHandler? handler)
    {
        var http = handler is null ? new HttpClient() : new HttpClient(handler);
        (http.BaseAddress, http.Timeout) = (address, Timeout.InfiniteTimeSpan);
        return http;
    }

    private static DemoResult ResultOf(Upload upload, JsonElement? analysis, ConcurrentDictionary<string, DateTimeOffset> alarms)
    {
        if (analysis is not { } known)
        {
            var none = new Dictionary<string, double>(StringComparer.Ordinal);
            return new DemoResult(upload.Clip, upload.ClipId, null, null, none, null, null, null);
        }

        var received = known.GetProperty("received_at").GetDateTimeOffset();
        var labels = known.GetProperty("labels").EnumerateObject()
            .ToDictionary(l => l.Name, l => l.Value.GetDouble(), StringComparer.Ordinal);
        return new DemoResult(
            upload.Clip,
            upload.ClipId,
            known.GetProperty("anomaly").GetBoolean(),
            labels.Count > 0 ? labels.MaxBy(l => l.Value).Key : null,
            labels,
            known.GetProperty("confidence").GetDouble(),
            (known.GetProperty("reported_at").GetDateTimeOffset() - received).TotalSeconds,
            alarms.TryGetValue(upload.ClipId, out var heard) ? (heard - received).TotalSeconds : null);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"{response.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)response.StatusCode}: {text}");
        }

        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    /// <summary>Revokes the keys of earlier demonstrations: a camera has two valid ones at most.</summary>
    private async Task MakeRoomForKeyAsync(long camera, CancellationToken cancellationToken)
    {
        // The list also holds the revoked ones, oldest first: after many demonstrations the valid ones are on a later page.
        var keys = await ListAsync($"api/cameras/{camera}/keys", cancellationToken);
        foreach (var key in keys.Where(k => !k.TryGetProperty("revoked_at", out _)))
        {
            var id = key.GetProperty("id").GetInt64();
            using var response = await _http.DeleteAsync($"api/cameras/{camera}/keys/{id}", cancellationToken);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Every item of a list, page by page.</summary>
    private async Task<List<JsonElement>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        for (var next = path; next is not null;)
        {
            using var response = await _http.GetAsync(next, cancellationToken);
            items.AddRange((await ReadAsync(response, cancellationToken)).EnumerateArray());
            next = NextOf(response);
        }

        return items;
    }

    /// <summary>
    /// The next page, which the <c>Link</c> header names; null: this is the last one. Only path and query count: the host is the server's
    /// public address, which may not lead to this process.
    /// </summary>
    private string? NextOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links) && links.First() is ['<', ..] link
            ? new Uri(_http.BaseAddress!, link[1..link.IndexOf('>', StringComparison.Ordinal)]).PathAndQuery
            : null;

    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(path, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    private async Task<long> CreateAsync<T>(string path, T body, string idName, CancellationToken cancellationToken) =>
        (await PostAsync(path, body, cancellationToken)).GetProperty(idName).GetInt64();

    private async Task<JsonElement> PostAsync<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync(path, body, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }
}
