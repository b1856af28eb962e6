using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Siaga.App.Parts;
using Siaga.BlobStorage;
using Siaga.BlobStorage.S3;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Inference;
using Siaga.Inference.Onnx;
using Siaga.Tests.Servers;

namespace Siaga.Bench.Cluster;

/// <summary>All services in this process, each on a port of its own, with a real PostgreSQL, RabbitMQ and S3 gateway.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private const string Email = "bench@siaga.local";
    private const string Password = "a-password-for-a-minute";

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-bench-").FullName;
    private readonly string _name = $"bench{Guid.NewGuid():N}";
    private readonly List<ServiceHost> _hosts = [];
    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly HttpClient _cameras = new();
    private HttpClient _backend = new();
    private IReadOnlyList<string> _keys = [];
    private Uri _uploadUrl = new("http://127.0.0.1");

    /// <param name="workers">Number of workers; their model is a stub that takes <paramref name="model"/>.</param>
    /// <param name="cameras">Number of cameras.</param>
    /// <param name="model">The time that the model takes.</param>
    public static async Task<TestHost> BuildAsync(int workers, int cameras, TimeSpan model)
    {
        var host = new TestHost();
        await host.SettleAsync();
        var backend = await host.StartAsync(BackendPart.Create());
        host._settings["Ingestion:BackendUrl"] = host._settings["Worker:BackendUrl"] = backend.Address.ToString();
        host._uploadUrl = new Uri((await host.StartAsync(IngestionPart.Create())).Address, "ingest/video");
        for (var i = 0; i < workers; i++)
            await host.StartAsync(StubWorker(model));
        host._backend = new HttpClient { BaseAddress = backend.Address };
        var token = (await host.PostAsync("api/login", new { email = Email, password = Password })).GetProperty("token").GetString();
        host._backend.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var company = (await host.PostAsync("api/companies", new { name = "Bench" })).GetProperty("company_id").GetInt64();
        var keys = new List<string>();
        for (var i = 0; i < cameras; i++)
        {
            var camera = (await host.PostAsync("api/cameras", new { name = $"Camera {i}", location = "", company_id = company }))
                .GetProperty("camera_id").GetInt64();
            keys.Add((await host.PostAsync($"api/cameras/{camera}/keys", new { })).GetProperty("key").GetString()!);
        }

        host._keys = keys;
        return host;
    }

    /// <summary>The bucket and keys of the services.</summary>
    public S3Options Storage => new()
    {
        Endpoint = new Uri(_settings["Storage:S3:Endpoint"]!),
        Bucket = _settings["Storage:S3:Bucket"]!,
        AccessKey = KeptServer.S3Keys.AccessKey,
        SecretKey = KeptServer.S3Keys.SecretKey,
    };

    /// <summary>Starts one more Ingestion beside the first, on the same database and bucket.</summary>
    /// <param name="storage">Its storage, instead of the product's.</param>
    /// <returns>The address for its uploads.</returns>
    public async Task<Uri> StartIngestionAsync(IBlobStorage storage)
    {
        var part = IngestionPart.Create();
        var host = await StartAsync(part with
        {
            Add = (services, configuration) =>
            {
                part.Add(services, configuration);
                services.Replace(ServiceDescriptor.Singleton<IBlobStorage>(_ => new MeasuredStorage(storage)));
            },
        });
        return new Uri(host.Address, "ingest/video");
    }

    /// <summary>Uploads a clip as a camera does.</summary>
    /// <param name="camera">Index of the camera; wraps around after the last one.</param>
    /// <param name="clip">The clip's bytes.</param>
    /// <param name="number">Distinguishes the clips; sets the capture time.</param>
    /// <param name="ingestion">The address for uploads of the Ingestion that takes it; null for the first one.</param>
    public async Task UploadAsync(int camera, byte[] clip, int number, Uri? ingestion = null)
    {
        using var form = new MultipartFormDataContent();
        using var video = new ByteArrayContent(clip);
        video.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
        using var captured = new StringContent(
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number).ToString("O", CultureInfo.InvariantCulture));
        form.Add(captured, "captured_at");
        form.Add(video, "video_clip", "clip.mp4");
        using var request = new HttpRequestMessage(HttpMethod.Post, ingestion ?? _uploadUrl) { Content = form };
        request.Headers.Add("X-Camera-Key", _keys[camera % _keys.Count]);
        using var response = await _cameras.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Time from arrival to stored report of every analysis, in seconds.</summary>
    public async Task<IReadOnlyList<double>> LatenciesAsync()
    {
        await using var connection = new NpgsqlConnection(_settings["Database:Backend"]);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT received_at, reported_at FROM analyses", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var seconds = new List<double>();
        while (await reader.ReadAsync())
            seconds.Add((reader.GetDateTime(1) - reader.GetDateTime(0)).TotalSeconds);
        return seconds;
    }

    public async ValueTask DisposeAsync()
    {
        _cameras.Dispose();
        _backend.Dispose();
        foreach (var host in Enumerable.Reverse(_hosts))
            await host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static ServicePart StubWorker(TimeSpan model)
    {
        var part = WorkerPart.Create();
        return part with
        {
            Add = (services, configuration) =>
            {
                part.Add(services, configuration);
                services.Replace(ServiceDescriptor.Singleton<IInferenceRuntime>(new StubRuntime(model)));
            },
        };
    }

    private async Task SettleAsync()
    {
        var (postgres, rabbit, s3) = (KeptServer.PostgresAsync(), KeptServer.RabbitAsync(), KeptServer.S3Async());
        var server = (await postgres).Said;
        foreach (var database in (string[])["backend", "ingestion"])
        {
            await using var connection = new NpgsqlConnection($"{server};Pooling=false");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A name of this file.
            command.CommandText = $"CREATE DATABASE {_name}_{database}";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
            _settings[$"Database:{database}"] = $"{server};Database={_name}_{database}";
        }

        _settings["Database:Engine"] = "postgres";
        _settings["Messaging:Broker"] = "rabbitmq";
        _settings["Messaging:RabbitMq:Url"] = (await rabbit).Address.ToString();
        _settings["Messaging:RabbitMq:Prefix"] = $"{_name}.";
        _settings["Storage:Kind"] = "s3";
        _settings["Storage:S3:Endpoint"] = (await s3).Address.ToString();
        _settings["Storage:S3:Bucket"] = _name;
        _settings["Storage:S3:MakeBucket"] = "true";
        (_settings["Storage:S3:AccessKey"], _settings["Storage:S3:SecretKey"]) = KeptServer.S3Keys;
        foreach (var (setting, value) in SharedSecrets.Settings)
            _settings[setting] = value;
        _settings["Admin:Email"] = Email;
        _settings["Admin:Password"] = Password;
        _settings["Logging:LogLevel:Default"] = "Warning";
        _settings["Logging:LogLevel:Siaga"] = "Warning";
    }

    private async Task<ServiceHost> StartAsync(ServicePart part)
    {
        var settings = new Dictionary<string, string?>(_settings.Where(s => IsOf(part.Name, s.Key)), StringComparer.OrdinalIgnoreCase);
        if (part.Name == "worker")
        {
            settings["Worker:Model"] = Path.Combine(AppContext.BaseDirectory, "samples", "model.h5");
            settings["Worker:Scene"] = "false";
        }

        var host = await ServiceHost.StartAsync(
            new HostSettings(_folder, "127.0.0.1", 0, Json: false, ConfigFile: null, settings), [part], default);
        _hosts.Add(host);
        return host;
    }

    /// <summary>Whether a setting belongs to a service, which refuses settings of others as unknown.</summary>
    private static bool IsOf(string service, string key) => key.Split(':')[0] switch
    {
        "Worker" => service == "worker",
        "Ingestion" => service == "ingestion",
        "Admin" => service == "backend",
        _ => true,
    };

    private async Task<JsonElement> PostAsync<T>(string path, T body)
    {
        using var response = await _backend.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}

/// <summary>A model that takes a fixed time and returns a constant result, so that everything else is measured.</summary>
internal sealed class StubRuntime(TimeSpan time) : IInferenceRuntime
{
    private readonly OnnxInferenceRuntime _real = new();

    public IInferenceModel Load(ReadOnlyMemory<byte> onnx) => new StubModel(_real.Load(onnx), time);

    private sealed class StubModel(IInferenceModel real, TimeSpan time) : IInferenceModel
    {
        public IReadOnlyList<TensorSpec> Inputs => real.Inputs;

        public IReadOnlyList<TensorSpec> Outputs => real.Outputs;

        public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs)
        {
            // Keep a core busy, as a model does.
            for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < time;)
                Thread.SpinWait(50);
            var classes = real.Outputs[0].Shape[^1] ?? 1;
            var scores = new float[classes];
            scores[^1] = 1;
            return [new Tensor([1, classes], scores)];
        }

        public void Dispose() => real.Dispose();
    }
}
