using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Siaga.Tests.Dashboard;

/// <summary>How the server delivers the pages.</summary>
public sealed partial class ServingTests(TestHost host)
{
    private const long MostBytes = 3_000_000;
    private const long MostAgain = 100_000;

    [Fact]
    public async Task The_first_load_is_below_three_megabytes_and_the_next_comes_from_the_cache()
    {
        await using var visit = await Visit.BeginAsync(host);
        var network = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await network.SendAsync("Network.enable");
        var bytes = 0L;
        network.Event("Network.loadingFinished").OnEvent += (_, e) => Interlocked.Add(
            ref bytes, (long)e!.Value.GetProperty("encodedDataLength").GetDouble());
        await visit.Page.GotoAsync("/");
        await visit.Page.Locator("input[name=email]").WaitForAsync();
        var first = Interlocked.Exchange(ref bytes, 0);
        await visit.Page.ReloadAsync();
        await visit.Page.Locator("input[name=email]").WaitForAsync();
        var second = Interlocked.Read(ref bytes);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"first load {first:N0} bytes, second {second:N0} bytes"));
        Assert.InRange(first, 100_000, MostBytes);
        Assert.InRange(second, 0, MostAgain);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_policy_lets_no_script_run_that_is_not_ours()
    {
        using var http = Client();
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var page = await http.GetAsync(new Uri(host.Address, "/history"), TestContext.Current.CancellationToken);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        var scripts = policy.Split(';').Single(p => p.TrimStart().StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe-inline", scripts, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", scripts, StringComparison.Ordinal);
        Assert.Contains("'sha256-", scripts, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-cache", page.Headers.CacheControl?.ToString());
        Assert.NotNull(page.Headers.ETag);
    }

    [Fact]
    public async Task Files_with_a_fingerprint_are_kept_for_ever_and_come_compressed()
    {
        using var http = Client();
        var page = await http.GetStringAsync(new Uri(host.Address, "/"), TestContext.Current.CancellationToken);
        var script = Script().Match(page).Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, script));
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var file = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Contains("immutable", file.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal("br", Assert.Single(file.Content.Headers.ContentEncoding));
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, script));
        again.Headers.IfNoneMatch.Add(file.Headers.ETag!);
        using var known = await http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Theory]
    [InlineData("/api/nothing", "text/html", HttpStatusCode.NotFound)]
    [InlineData("/blobs/nothing", "text/html", HttpStatusCode.NotFound)]
    [InlineData("/no-such-file.js", "*/*", HttpStatusCode.Unauthorized)]
    [InlineData("/no-such-page", "text/html", HttpStatusCode.OK)]
    public async Task A_path_of_the_services_is_no_page(string path, string accept, HttpStatusCode status)
    {
        using var http = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, path));
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status == HttpStatusCode.OK, answer.Content.Headers.ContentType?.MediaType == "text/html");
        if (status == HttpStatusCode.OK)
            Assert.Equal(status, answer.StatusCode);
        else
            Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    private static HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false });

    [GeneratedRegex("_framework/blazor\\.webassembly\\.[a-z0-9]+\\.js", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Script();
}
