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

    /// <summary>The English sentence in a report of the scene detector.</summary>
    internal const string StoredSentence = "A sentence of an older worker.";

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
        using var response = await SendAsync(
            "api/report-anomaly", new { camera_id = camera.Id, anomaly_type = type, confidence, video_clip_url = clipKey });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var said = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return said.RootElement.GetProperty("anomaly_id").GetInt64();
    }

    /// <summary>Reports an alarm of the scene detector in an existing clip, as one of Siaga's workers does.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="clipKey">The clip's storage key.</param>
    /// <param name="attribute">The unusual attribute, such as <c>speed</c>.</param>
    /// <param name="values">Its value and the usual one; null for a worker that reports no findings.</param>
    internal async Task ReportSceneAsync(Camera camera, string clipKey, string attribute, (double Value, double Usual)? values)
    {
        var (label, now) = ($"unusual_{attribute}", TimeProvider.System.GetUtcNow());
        var finding = new
        {
            detector = "scene", type = label, score = 6.4, threshold = 4.1, from_s = 1, to_s = 2, at_s = 1.5, alarm = true, attribute,
            value = values?.Value, usual = values?.Usual,
        };
        using var response = await SendAsync("api/analyses", new
        {
            task_id = $"scene-{Guid.NewGuid():N}",
            clip_id = Path.GetFileName(clipKey).Split('_')[0],
            camera_id = camera.Id,
            company_id = camera.CompanyId,
            storage_key = clipKey,
            sha256 = new string('a', 64),
            state = "analysed",
            detector = "scene",
            labels = new Dictionary<string, double>(StringComparer.Ordinal) { [label] = 0.6 },
            anomaly = true,
            label,
            confidence = 0.6,
            scene = new { version = 7, score = 6.4, threshold = 4.1, alarm = true, at_s = 1.5, attribute, explanation = StoredSentence },
            findings = Enumerable.Repeat(finding, values is null ? 0 : 1),
            captured_at = now,
            received_at = now,
        });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
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

    private async Task<HttpResponseMessage> SendAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Worker-Token", WorkerToken);
        return await _worker.SendAsync(request);
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
