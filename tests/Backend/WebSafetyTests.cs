using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Siaga.Tests.Backend;

public sealed class WebSafetyTests : IAsyncLifetime
{
    private readonly WholeHost _host = new();

    public async ValueTask InitializeAsync()
    {
        // As environment variables provide them: empty, or several in one item.
        _host.Settings["Web:AllowedOrigins:0"] = "";
        _host.Settings["Web:AllowedOrigins:1"] = "https://other.siaga.test https://dashboard.siaga.test";
        _host.Settings["Web:TrustedProxies:0"] = "10.9.8.0/24, 127.0.0.1";
        _host.Settings["Web:RequireHttps"] = "true";
        _host.Settings["Web:PublicUrl"] = "https://siaga.test";
        await _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Plain_http_from_outside_is_sent_to_https_and_https_is_remembered()
    {
        using var plain = await OpenAsync("/api/cameras?limit=1", ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "http"));
        Assert.Equal(HttpStatusCode.PermanentRedirect, plain.StatusCode);
        Assert.Equal("https://siaga.test/api/cameras?limit=1", plain.Headers.Location?.OriginalString);
        using var secure = await OpenAsync("/api/cameras", ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"));
        Assert.Equal(HttpStatusCode.OK, secure.StatusCode);
        Assert.Equal("max-age=31536000", secure.Headers.GetValues("Strict-Transport-Security").Single());

        // A probe, and another service on this machine.
        using var probe = await OpenAsync("/healthz", ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "http"));
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
        using var near = await OpenAsync("/api/cameras");
        Assert.Equal(HttpStatusCode.OK, near.StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_origins_may_call_only_when_they_are_on_the_list()
    {
        using var ours = await OpenAsync("/api/cameras", ("Origin", "https://dashboard.siaga.test"));
        Assert.Equal("https://dashboard.siaga.test", ours.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("ETag", ours.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
        using var theirs = await OpenAsync("/api/cameras", ("Origin", "https://elsewhere.test"));
        Assert.False(theirs.Headers.Contains("Access-Control-Allow-Origin"));
        using var preflight = await _host.Anonymous.OpenAsync(
            HttpMethod.Options, "/api/cameras", null, HttpCompletionOption.ResponseContentRead,
            ("Origin", "https://dashboard.siaga.test"), ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "authorization,if-match"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Contains(
            "if-match", preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Answers_are_compressed_except_where_a_secret_is_in_them()
    {
        var tenant = await _host.MakeTenantAsync();
        for (var i = 0; i < 20; i++)
            await tenant.Admin.PostAsync("/api/cameras", new { name = $"Camera {i}" });
        await _host.ReportAnomalyAsync(tenant);
        foreach (var (path, compressed) in ((string, bool)[])[
            ("/api/cameras", true), ("/api/users", true), ("/openapi/v1.json", true), ("/api/anomalies", false),
            ($"/api/cameras/{tenant.CameraId}/recordings?presign=1", false)])
        {
            using var answer = await tenant.User.OpenAsync(
                HttpMethod.Get, path, null, HttpCompletionOption.ResponseContentRead, ("Accept-Encoding", "br, gzip"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(compressed, answer.Content.Headers.ContentEncoding.Count > 0);
        }

        var credentials = System.Net.Http.Json.JsonContent.Create(
            new { email = BackendHost.AdminEmail, password = BackendHost.AdminPassword });
        using var login = await _host.Anonymous.OpenAsync(
            HttpMethod.Post, "/api/login", credentials, HttpCompletionOption.ResponseContentRead, ("Accept-Encoding", "br, gzip"));
        Assert.Empty(login.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Every_answer_that_holds_a_token_a_key_or_a_link_is_marked_as_holding_a_secret()
    {
        var api = await Api.ApiDescription.ReadAsync(_host);
        string[] secrets = ["token", "refresh_token", "key", "video_clip_url", "url"];
        foreach (var operation in api.Operations.Where(o => o.Responses.Any(r => r.Key[0] == '2' && r.Value![
            "content"]?["application/json"]?["example"] is { } example
            && secrets.Any(s => example.ToJsonString().Contains($"\"{s}\":", StringComparison.Ordinal)))))
        {
            var endpoint = EndpointOf(operation);
            Assert.True(
                endpoint.Metadata.GetMetadata<Web.HoldsSecret>() is not null, $"{operation.Name} may be compressed with its secret");
        }
    }

    [Fact]
    public async Task A_query_or_headers_without_end_are_refused_with_a_reason()
    {
        Expect.Problem(await _host.Root.GetAsync("/api/cameras?x=" + new string('x', 5000)), 414, "query_too_long");
        using var headers = await OpenAsync("/api/cameras", ("X-Long", new string('x', 20_000)));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, headers.StatusCode);
        using var body = await _host.Root.OpenAsync(
            HttpMethod.Post, "/api/companies", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
            HttpCompletionOption.ResponseContentRead);
        Assert.Equal(HttpStatusCode.BadRequest, body.StatusCode);
    }

    [Fact]
    public async Task A_failure_carries_the_headers_that_guard_every_answer()
    {
        var answer = await _host.Root.GetAsync("/api/anomalies?limit=none");
        Expect.Problem(answer, 400);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    private Endpoint EndpointOf(Api.ApiOperation operation) => _host.Services.GetServices<EndpointDataSource>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .First(e => Regex.Replace(e.RoutePattern.RawText!, ":[a-z]+}", "}", RegexOptions.None, TimeSpan.FromSeconds(1)) == operation.Path
            && e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(operation.Method));

    private Task<HttpResponseMessage> OpenAsync(string path, params (string, string)[] headers) =>
        _host.Root.OpenAsync(HttpMethod.Get, path, null, HttpCompletionOption.ResponseContentRead, headers);
}
