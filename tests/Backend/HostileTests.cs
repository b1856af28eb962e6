using System.Text;

namespace Siaga.Tests.Backend;

/// <summary>Hostile input. No answer is a 5xx or reveals internals.</summary>
public sealed class HostileTests(BackendHost host) : IClassFixture<BackendHost>
{
    private static readonly (string Method, string Path)[] s_endpoints =
    [
        ("POST", "/api/login"), ("POST", "/api/token/refresh"), ("POST", "/api/register"), ("POST", "/api/companies"),
        ("PUT", "/api/companies/1"), ("POST", "/api/cameras"), ("PUT", "/api/cameras/1"), ("PUT", "/api/users/1"),
        ("POST", "/api/users/fcm-token"), ("POST", "/api/anomalies/1/resolve"), ("POST", "/api/analyses"), ("POST", "/api/report-anomaly"),
        ("POST", "/internal/camera-keys/find"), ("POST", "/internal/camera-keys/used"),
    ];

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("\"text\"")]
    [InlineData(
        "{\"email\":{},\"password\":[],\"name\":{\"a\":1},\"camera_id\":\"x\",\"hash\":7,\"used\":1,\"fcm_token\":1,"
        + "\"resolution\":1,\"role\":{},\"refresh_token\":[]}")]
    [InlineData("{\"email\":\"\\ud800\",\"password\":\"\\ud800\\ud800xxxxxxxx\",\"name\":\"\\u0000\",\"fcm_token\":null}")]
    public async Task A_body_that_is_not_what_is_expected_is_400(string body)
    {
        foreach (var (method, path) in s_endpoints)
        {
            var answer = await SendAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.True(answer.Status is 400 or 404, $"{method} {path} with {body}: {answer.Status} {answer.Text}");
            Expect.Problem(answer, answer.Status);
        }
    }

    [Fact]
    public async Task A_body_that_is_deep_is_400()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"name\":", 5000)) + "1" + new string('}', 5000);
        foreach (var (method, path) in s_endpoints)
        {
            var answer = await SendAsync(method, path, new StringContent(deep, Encoding.UTF8, "application/json"));
            Assert.True(answer.Status == 400, $"{method} {path}: {answer.Status} {answer.Text}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_huge_is_413(bool sayLength)
    {
        foreach (var (method, path) in s_endpoints)
        {
            // Only slightly above the limit, so that the client can send all of it and is certain to read the answer.
            var limit = path == "/api/analyses" ? 2 * 1024 * 1024 : 64 * 1024;
            var huge = Encoding.UTF8.GetBytes('{' + new string(' ', limit + 8192) + '}');
            HttpContent content = sayLength ? new ByteArrayContent(huge) : new StreamContent(new Unmeasured(huge));
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            var answer = await SendAsync(method, path, content);
            Assert.True(answer.Status == 413, $"{method} {path}: {answer.Status} {answer.Text}");
            Expect.Problem(answer, 413, "too_large");
        }
    }

    [Fact]
    public async Task A_body_of_another_kind_is_415()
    {
        foreach (var (method, path) in s_endpoints)
        {
            var answer = await SendAsync(method, path, new StringContent("<name/>", Encoding.UTF8, "application/xml"));
            Assert.True(answer.Status == 415, $"{method} {path}: {answer.Status} {answer.Text}");
            Expect.Problem(answer, 415);
        }
    }

    [Theory]
    [InlineData("/api/anomalies?limit=0")]
    [InlineData("/api/anomalies?limit=-1")]
    [InlineData("/api/anomalies?limit=many")]
    [InlineData("/api/anomalies?limit=99999999999999999999")]
    [InlineData("/api/anomalies?cursor=%00%ff")]
    [InlineData("/api/anomalies?cursor=bm90LWEtbnVtYmVy")]
    [InlineData(
        "/api/anomalies?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/api/anomalies?from=yesterday")]
    [InlineData("/api/anomalies?to=2026-13-45T00:00:00Z")]
    [InlineData("/api/anomalies?camera_id=gate")]
    [InlineData("/api/anomalies?status=lost")]
    [InlineData("/api/users?company_id=x")]
    [InlineData("/api/cameras?company_id=99999999999999999999")]
    public async Task A_query_that_means_nothing_is_400(string path) => Expect.Problem(await host.Root.GetAsync(path), 400);

    [Theory]
    [InlineData("/api/anomalies?type=%00")]
    [InlineData("/api/anomalies?type=%ED%A0%80")]
    [InlineData("/api/cameras/%ED%A0%80/recordings")]
    [InlineData("/api/cameras/a%00b/recordings")]
    public async Task Text_that_no_database_keeps_finds_nothing(string path)
    {
        var answer = await host.Root.GetAsync(path);
        Assert.True(answer.Status is 400 or 404 || answer.Text == "[]", $"{answer.Status} {answer.Text}");
    }

    [Fact]
    public async Task A_sign_in_with_text_that_no_database_keeps_is_refused()
    {
        var answer = await host.Anonymous.PostAsync(
            "/api/login", new StringContent("{\"email\":\"a\\u0000@siaga.test\",\"password\":\"x\"}", Encoding.UTF8, "application/json"));
        Assert.True(answer.Status is 400 or 401, $"{answer.Status} {answer.Text}");
    }

    [Theory]
    [InlineData("/api/anomalies/0", 404)]
    [InlineData("/api/anomalies/-1", 404)]
    [InlineData("/api/anomalies/99999999999999999999", 404)]
    [InlineData("/api/anomalies/9223372036854775807", 404)]
    [InlineData("/api/cameras/..%2f..%2fetc/recordings", 404)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/api/login", 405)]
    [InlineData("/api/anomalies?limit=1000&cursor=MC4w", 200)]
    public async Task A_path_that_leads_nowhere_says_so(string path, int status)
    {
        var answer = await host.Root.GetAsync(path);
        Assert.Equal(status, answer.Status);
        if (status >= 400)
            Expect.Problem(answer, status);
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("name", "   ")]
    [InlineData("name", "a\nb")]
    [InlineData("stream_key", "../x")]
    [InlineData("stream_key", "12345")]
    [InlineData("stream_key", "a b")]
    [InlineData("rtsp_source", "file:///etc/passwd")]
    [InlineData("rtsp_source", "not a url")]
    [InlineData("time_zone", "Mars/Olympus")]
    [InlineData("company_id", "mine")]
    public async Task A_camera_with_impossible_fields_is_not_made(string field, string value)
    {
        var tenant = await host.MakeTenantAsync();
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = "Gate", [field] = value };
        Expect.Problem(await tenant.Admin.PostAsync("/api/cameras", body), 400);
        Assert.Single(Expect.Items(await tenant.Admin.GetAsync("/api/cameras")));
    }

    [Fact]
    public async Task Letters_of_the_world_are_kept_as_they_are()
    {
        var tenant = await host.MakeTenantAsync();
        const string name = "Gerbang ‘Utama’ — بوابة 門 👁️ <script>alert(1)</script>";
        var id = Expect.Id((await tenant.Admin.PostAsync("/api/cameras", new { name })).Json);
        Assert.Equal(name, (await tenant.User.GetAsync($"/api/cameras/{id}")).Json.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--y")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nnothing")]
    [InlineData("multipart/form-data", "a=b")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-8", "=%&&%zz")]
    public async Task A_form_that_cannot_be_read_is_400(string type, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        Expect.Problem(await host.Anonymous.PostAsync("/api/login", content), 400);
    }

    [Theory]
    [InlineData("/api/token/refresh", "application/json; charset=nonsense")]
    [InlineData("/api/token/refresh", "application/xml")]
    public async Task An_unknown_charset_or_media_type_is_415_also_for_an_anonymous_caller(string path, string type)
    {
        var content = new ByteArrayContent("{\"refresh_token\":\"x\"}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        Expect.Problem(await host.Anonymous.PostAsync(path, content), 415);
    }

    [Fact]
    public async Task Every_answer_carries_the_safe_headers()
    {
        foreach (var path in (string[])["/healthz", "/api/anomalies", "/api/nothing"])
        {
            var answer = await host.Root.GetAsync(path);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    private Task<Answer> SendAsync(string method, string path, HttpContent content)
    {
        var client = path.Contains("analyses", StringComparison.Ordinal) || path.Contains("report-", StringComparison.Ordinal) ? host.Worker
            : path.StartsWith("/internal", StringComparison.Ordinal) ? host.Ingestion
            : host.Root;
        return client.SendAsync(new HttpMethod(method), path, content);
    }

    /// <summary>A stream of unknown length, so that it is sent in chunks.</summary>
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
