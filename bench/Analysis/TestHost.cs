using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;

namespace Siaga.Bench.Analysis;

/// <summary>The product in a temporary folder with one camera, used over HTTP.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private const string Email = "bench@siaga.local";
    private const string Password = "a-password-for-a-minute";

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-bench-").FullName;
    private ServiceHost? _host;
    private ServiceHost? _worker;
    private HttpClient _http = new();
    private string _key = "";

    public static async Task<TestHost> StartAsync(bool withWorker)
    {
        var host = new TestHost();
        ServicePart[] parts = [BackendPart.Create(), IngestionPart.Create(), .. withWorker ? (ServicePart[])[WorkerPart.Create()] : []];
        host._host = await ServiceHost.StartAsync(host.Settings(), parts, default);
        host._http = new HttpClient { BaseAddress = host._host.Address };
        var token = (await host.PostAsync("api/login", new { email = Email, password = Password })).GetProperty("token").GetString();
        host._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var company = (await host.PostAsync("api/companies", new { name = "Bench" })).GetProperty("company_id").GetInt64();
        var camera = (await host.PostAsync("api/cameras", new { name = "Bench", location = "", company_id = company }))
            .GetProperty("camera_id").GetInt64();
        host._key = (await host.PostAsync($"api/cameras/{camera}/keys", new { })).GetProperty("key").GetString()!;
        return host;
    }

    /// <summary>Starts a worker in this process, beside the running services.</summary>
    public async Task StartWorkerAsync() => _worker = await ServiceHost.StartAsync(
        Settings(("Worker:BackendUrl", _host!.Address.ToString())), [WorkerPart.Create()], default);

    public async Task UploadAsync(string clip, DateTimeOffset captured)
    {
        using var form = new MultipartFormDataContent();
        await using var stream = File.OpenRead(clip);
        form.Add(new StreamContent(stream), "video_clip", Path.GetFileName(clip));
        form.Add(new StringContent(captured.ToString("O", CultureInfo.InvariantCulture)), "captured_at");
        using var request = new HttpRequestMessage(HttpMethod.Post, "ingest/video") { Content = form };
        request.Headers.Add("X-Camera-Key", _key);
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Arrival and report times of the newest analyses, newest first, at most 100.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset Received, DateTimeOffset Reported)>> NewestAsync(int limit)
    {
        var list = await _http.GetFromJsonAsync<JsonElement>($"api/analyses?limit={limit}");
        return
        [
            .. list.EnumerateArray().Select(a =>
                (a.GetProperty("received_at").GetDateTimeOffset(), a.GetProperty("reported_at").GetDateTimeOffset()))
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_worker is not null)
            await _worker.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private HostSettings Settings(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Admin:Email"] = Email,
            ["Admin:Password"] = Password,
            ["Worker:Model"] = Path.Combine(AppContext.BaseDirectory, "samples", "model.h5"),
            ["Worker:Concurrency"] = Rounds.AtOnce.ToString(CultureInfo.InvariantCulture),
            ["Logging:LogLevel:Siaga"] = "Warning",
        };
        foreach (var (key, value) in more)
            settings[key] = value;
        return new HostSettings(_folder, "127.0.0.1", 0, Json: false, ConfigFile: null, settings);
    }

    private async Task<JsonElement> PostAsync<T>(string path, T body)
    {
        using var response = await _http.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
