using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Siaga.Accounts;
using Siaga.BlobStorage;
using Siaga.Composition.Backend;
using Siaga.Database;
using Siaga.Messaging;

namespace Siaga.Tests.Backend;

/// <summary>The Backend on a loopback port, with a database of its own and in-memory fakes for everything outside it.</summary>
public class BackendHost : IAsyncLifetime
{
    public const string AdminEmail = "root@siaga.test";
    public const string AdminPassword = "a long first password";
    public const string WorkerToken = "worker-token-for-the-tests-only";
    public const string IngestionToken = "ingestion-token-for-the-tests-only";

    private TestDatabase? _database;
    private WebApplication? _started;
    private int _number;
    private readonly HeardLogs _logs = new();

    public Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal)
    {
        ["Auth:SigningKey"] = Convert.ToBase64String(Enumerable.Range(1, 48).Select(i => (byte)(i * 37)).ToArray()),
        ["ServiceTokens:Worker"] = WorkerToken,
        ["ServiceTokens:Ingestion"] = IngestionToken,
        ["Backend:Accounts:PasswordIterations"] = "2000",
        ["Backend:Cameras:HlsBase"] = "https://media.test:8888/",
        ["Backend:Notifications:Heartbeat"] = "00:00:00.5",
    };

    /// <summary>Lets a test wrap the database engine.</summary>
    internal Func<IDatabaseEngine, IDatabaseEngine> Wrap { get; set; } = engine => engine;

    internal TestDatabase Database => _database ?? throw new InvalidOperationException("Not started.");

    /// <summary>Logged warnings and errors.</summary>
    public IEnumerable<string> Logs => _logs.Lines;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => App.Services;

    private WebApplication App => _started ?? throw new InvalidOperationException("Not started.");

    internal MemoryBlobs Blobs { get; } = new();

    internal MemoryBroker Broker { get; } = new();

    internal MovableTime Time { get; } = new();

    public Client Root { get; private set; } = null!;

    public Client Worker => new(this, ("X-Worker-Token", WorkerToken));

    public Client Ingestion => new(this, ("X-Ingestion-Token", IngestionToken));

    public Client Anonymous => new(this, null);

    public async ValueTask InitializeAsync()
    {
        if (TestDatabase.IsMissing)
            return;
        _database = await TestDatabase.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(_logs);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IBlobStorage>(Blobs);
        builder.Services.AddSingleton<IMessageBroker>(Broker);
        builder.Services.AddSingleton<IMessagePublisher>(Broker);
        builder.Services.AddSingleton(new Topology(Siaga.Messages.Routes.Bindings));
        builder.Services.AddServiceDb<BackendDb>(_ => Wrap(Database.Engine));
        builder.Services.AddBackend(builder.Configuration);
        Add(builder);
        _started = builder.Build();
        App.MapBackend();
        Map(App);
        foreach (var migrator in App.Services.GetServices<IMigrator>())
            await migrator.MigrateAsync(CancellationToken.None);
        await App.Services.EnsureAdminAsync(AdminEmail, AdminPassword);
        await App.StartAsync();
        Address = new Uri(App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        OnListening();
        Root = await SignInAsync(AdminEmail, AdminPassword);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_started is not null)
        {
            await _started.StopAsync();
            await _started.DisposeAsync();
        }

        if (_database is not null)
            await _database.DisposeAsync();
    }

    /// <summary>Adds other services beside the Backend.</summary>
    protected virtual void Add(WebApplicationBuilder builder)
    {
    }

    protected virtual void Map(WebApplication app)
    {
    }

    protected virtual void OnListening()
    {
    }

    public string Unique(string name) => $"{name}{Interlocked.Increment(ref _number)}";

    public async Task<Client> SignInAsync(string email, string password)
    {
        var answer = await Anonymous.PostAsync("/api/login", new { email, password });
        Assert.Equal(200, answer.Status);
        return new Client(this, ("Authorization", $"Bearer {answer.Json.GetProperty("token").GetString()}")) { Session = answer.Json };
    }

    /// <summary>A superadmin, invited by another one.</summary>
    public async Task<Client> MakeSuperadminAsync(Client inviting, string email, string password)
    {
        var invited = await inviting.PostAsync("/api/invitations", new { email });
        Assert.Equal(201, invited.Status);
        var token = invited.Json.GetProperty("token").GetString();
        Assert.Equal(201, (await Anonymous.PostAsync("/api/invitations/accept", new { token, password })).Status);
        return await SignInAsync(email, password);
    }

    /// <summary>A company with an admin, a user and a camera.</summary>
    public async Task<Tenant> MakeTenantAsync()
    {
        var company = (await Root.PostAsync("/api/companies", new { name = Unique("Company ") })).Json.GetProperty("company_id").GetInt64();
        var admin = await MakeUserAsync(company, "company_admin");
        var user = await MakeUserAsync(company, "user");
        var camera = await admin.PostAsync("/api/cameras", new { name = "Gate" });
        Assert.Equal(201, camera.Status);
        return new Tenant(company, admin, user, camera.Json.GetProperty("camera_id").GetInt64());
    }

    public async Task<Client> MakeUserAsync(long companyId, string role, string? name = null)
    {
        var email = Unique($"{role}-") + "@siaga.test";
        const string password = "a good long password";
        Assert.Equal(201, (await Root.PostAsync("/api/register", new { email, password, role, name, company_id = companyId })).Status);
        return await SignInAsync(email, password);
    }

    /// <summary>A report as our own worker sends it.</summary>
    public static Dictionary<string, object?> Report(Tenant tenant, bool anomaly = true)
    {
        var clip = Guid.CreateVersion7().ToString();
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["task_id"] = $"task-{clip}",
            ["clip_id"] = clip,
            ["camera_id"] = tenant.CameraId,
            ["company_id"] = tenant.CompanyId,
            ["storage_key"] = $"{tenant.CompanyId}/{tenant.CameraId}/2026/11/24/{clip}_20261124T080000Z.mp4",
            ["sha256"] = new string('a', 64),
            ["state"] = "analysed",
            ["model"] = new { name = "sample", sha256 = new string('b', 64) },
            ["labels"] = new Dictionary<string, double>(StringComparer.Ordinal) { ["brawl"] = anomaly ? 0.93 : 0.02 },
            ["anomaly"] = anomaly,
            ["label"] = anomaly ? "brawl" : "normal",
            ["confidence"] = 0.93,
            ["windows"] = new[]
            {
                new { from_s = 0.0, to_s = 2.0, labels = new { brawl = 0.2 } },
                new { from_s = 2.0, to_s = 4.0, labels = new { brawl = 0.93 } },
            },
            ["frames"] = 100,
            ["seconds"] = 4.0,
            ["decode_ms"] = 12.5,
            ["infer_ms"] = 30.25,
            ["captured_at"] = "2026-11-24T08:00:00Z",
            ["received_at"] = "2026-11-24T08:00:05Z",
            ["worker"] = "worker-1",
        };
    }

    public async Task<long> ReportAnomalyAsync(Tenant tenant)
    {
        var answer = await Worker.PostAsync("/api/analyses", Report(tenant));
        Assert.Equal(201, answer.Status);
        return answer.Json.GetProperty("anomaly_id").GetInt64();
    }
}

public sealed record Tenant(long CompanyId, Client Admin, Client User, long CameraId);

/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body as JSON; undefined when there is none.</param>
/// <param name="Text">The body as text.</param>
/// <param name="Headers">The response headers.</param>
public sealed record Answer(int Status, JsonElement Json, string Text, HttpResponseHeaders Headers);

/// <summary>A caller of the Backend, with or without a credential.</summary>
public sealed class Client(BackendHost host, (string Name, string Value)? credential)
{
    private static readonly HttpClient s_http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
    });

    public JsonElement Session { get; init; }

    public string? Token => credential?.Value["Bearer ".Length..];

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, Content(body));

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, Content(body));

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var response = await OpenAsync(method, path, content, HttpCompletionOption.ResponseContentRead);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Answer((int)response.StatusCode, isJson ? JsonDocument.Parse(text).RootElement : default, text, response.Headers);
    }

    public Task<HttpResponseMessage> OpenAsync(
        HttpMethod method, string path, HttpContent? content, HttpCompletionOption completion, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(host.Address, path)) { Content = content };
        if (credential is { } c)
            request.Headers.TryAddWithoutValidation(c.Name, c.Value);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.ExpectContinue = content is ByteArrayContent { Headers.ContentLength: > 32 * 1024 };
        return s_http.SendAsync(request, completion);
    }

    private static HttpContent? Content(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        _ => JsonContent.Create(body),
    };
}
