using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Siaga.Tests.Siaga;

[assembly: AssemblyFixture(typeof(Siaga.Tests.Dashboard.TestHost))]

namespace Siaga.Tests.Dashboard;

/// <summary>One <c>siaga up</c> and one browser for all tests. Each test has its own company and browser context.</summary>
public sealed class TestHost : IAsyncLifetime
{
    // The first one that exists: the headless shell costs half as much.
    private static readonly string? s_chromium = Array.Find(["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"], File.Exists);
    private const string WorkerToken = "a-worker-of-the-dashboard's-tests-0123456789";

    private static readonly string[] s_arguments =
    [
        // Most containers do not allow a sandbox, and only our own pages are opened.
        "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--autoplay-policy=no-user-gesture-required", "--mute-audio",
        "--no-proxy-server", "--font-render-hinting=none",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-dashboard-").FullName;
    private readonly HttpClient _worker = new(new SocketsHttpHandler { UseProxy = false });
    private MediaServer? _media;
    private SiagaProcess? _siaga;
    private IPlaywright? _playwright;
    private int _number;

    internal Api Api { get; private set; } = null!;

    internal IBrowser Browser { get; private set; } = null!;

    internal Uri Address => _siaga!.Address;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(s_chromium is not null, "Chromium is not installed (eng/setup --tests installs it)");
        _media = await MediaServer.StartAsync();
        _siaga = await SiagaProcess.UpAsync(
            _folder, "Ingestion:KeyRefresh=00:00:00.2", "Worker:Concurrency=1", $"ServiceTokens:Worker={WorkerToken}",
            $"Backend:Cameras:HlsBase={_media.Address}");
        Api = new Api(Address);
        await Api.SignInAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = s_chromium, Args = s_arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
        _worker.Dispose();
        Api?.Dispose();
        if (_siaga is not null)
            await _siaga.DisposeAsync();
        if (_media is not null)
            await _media.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Reports an anomaly as a worker does, for an existing clip.</summary>
    /// <returns>The anomaly's id.</returns>
    internal async Task<long> ReportAsync(Camera camera, string clipKey, string type, double confidence = 0.95)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "api/report-anomaly"))
        {
            Content = JsonContent.Create(new { camera_id = camera.Id, anomaly_type = type, confidence, video_clip_url = clipKey }),
        };
        request.Headers.Add("X-Worker-Token", WorkerToken);
        using var response = await _worker.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var said = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return said.RootElement.GetProperty("anomaly_id").GetInt64();
    }

    /// <summary>Uploads a clip without motion and waits until it is listed.</summary>
    /// <returns>The clip's storage key.</returns>
    internal async Task<string> CalmClipAsync(Camera camera)
    {
        Assert.Equal(202, (await Api.UploadAsync(camera, Path.Combine(Tree.Root, "samples", "clips", "lone-walker.mp4"))).Status);
        var key = "";
        await Eventually.TrueAsync("the clip is listed", async () =>
        {
            var items = (await Api.SendAsync(HttpMethod.Get, $"api/cameras/{camera.Id}/recordings")).Body.GetProperty("items");
            if (items.GetArrayLength() > 0)
                key = items[0].GetProperty("key").GetString()!;
            return key.Length > 0;
        });
        return key;
    }

    /// <summary>Creates a company with one camera and one user of each role.</summary>
    internal async Task<Tenant> MakeTenantAsync(string name = "Mall")
    {
        var number = Interlocked.Increment(ref _number);
        var company = (await Api.SendAsync(
            HttpMethod.Post, "api/companies", new { name = $"{name} {number}" })).Body.GetProperty("company_id").GetInt64();
        var tenant = new Tenant(this, company, $"guard{number}@siaga.test", $"admin{number}@siaga.test");
        foreach (var (email, role) in new[] { (tenant.Guard, "user"), (tenant.Admin, "company_admin") })
        {
            var made = await Api.SendAsync(
                HttpMethod.Post, "api/register", new { email, password = Api.Password, role, company_id = company });
            Assert.Equal(201, made.Status);
        }

        return tenant;
    }
}

/// <summary>A company with its users.</summary>
/// <param name="TestHost">The host that runs it.</param>
/// <param name="CompanyId">The company's id.</param>
/// <param name="Guard">The e-mail address of a user.</param>
/// <param name="Admin">The e-mail address of an administrator.</param>
internal sealed record Tenant(TestHost TestHost, long CompanyId, string Guard, string Admin)
{
    public async Task<Camera> MakeCameraAsync(string name, string zone = "Asia/Jakarta")
    {
        var camera = (await TestHost.Api.SendAsync(
            HttpMethod.Post,
            "api/cameras",
            new { name, location = "North side", time_zone = zone, company_id = CompanyId })).Body.GetProperty("camera_id").GetInt64();
        var key = (await TestHost.Api.SendAsync(HttpMethod.Post, $"api/cameras/{camera}/keys", new { })).Body;
        return new Camera(camera, CompanyId, key.GetProperty("key").GetString()!, key.GetProperty("id").GetInt64());
    }
}
