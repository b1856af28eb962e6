using Siaga.BlobStorage;
using Siaga.Dashboard;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Pages;

public sealed class DashboardPagesTests
{
    private static readonly DashboardFile s_file = new("app.js", "text/javascript", "\"1\"", false)
    {
        Brotli = "app.js.br", Gzip = "app.js.gz",
    };

    [Theory]
    [InlineData("/", "", true)]
    [InlineData("/", "application/json", true)]
    [InlineData("/cameras/7", "text/html,application/xhtml+xml", true)]
    [InlineData("/cameras/7", "TEXT/HTML", true)]
    [InlineData("/cameras/7", "application/json", false)]
    [InlineData("/api/camera", "text/html", false)]
    [InlineData("/API/camera", "text/html", false)]
    [InlineData("/apis", "text/html", true)]
    [InlineData("/blobs/a", "text/html", false)]
    [InlineData("/ingest/video", "text/html", false)]
    public void A_browser_gets_the_page_under_every_path_that_is_no_service_s(string path, string accept, bool isPage)
    {
        var context = FakeRequest.To(path);
        context.Request.Headers.Accept = accept;
        Assert.Equal(isPage, DashboardPages.IsPage(context.Request));
    }

    [Theory]
    [InlineData(null, "app.js", null)]
    [InlineData("identity", "app.js", null)]
    [InlineData("gzip, br", "app.js.br", "br")]
    [InlineData("gzip", "app.js.gz", "gzip")]
    [InlineData("br;q=0, gzip", "app.js.gz", "gzip")]
    [InlineData("gzip;q=0", "app.js", null)]
    [InlineData("BR", "app.js.br", "br")]
    public void The_smallest_form_that_the_browser_takes_is_sent(string? accepted, string path, string? encoding)
    {
        var context = FakeRequest.To("/app.js");
        if (accepted is not null)
            context.Request.Headers.AcceptEncoding = accepted;
        Assert.Equal((path, encoding), DashboardPages.FormFor(context.Request, s_file));
        Assert.Equal((s_file.Path, null), DashboardPages.FormFor(context.Request, s_file with { Brotli = null, Gzip = null }));
    }

    [Theory]
    [InlineData("GET", "/", true)]
    [InlineData("GET", "/cameras", false)]
    [InlineData("POST", "/", false)]
    public async Task Where_the_dashboard_was_not_built_only_the_first_page_says_so(string method, string path, bool isServed)
    {
        var context = FakeRequest.To(path, method: method);
        var pages = new DashboardPages(DashboardFiles.Read("no such folder"), new FakeStorage(), []);
        Assert.Equal(isServed, await pages.TryServeAsync(context));
        Assert.Equal(isServed, FakeRequest.BodyOf(context).Contains("was not installed", StringComparison.Ordinal));
    }
}
