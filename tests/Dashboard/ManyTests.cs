using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>Long lists and long sessions.</summary>
[Collection(Alone.Name)]
public sealed class ManyTests(TestHost host)
{
    private const int Waiting = 10_000;
    private const int PageSize = 200;
    private const int EventsOfAnHour = 1200;
    private const double MostGrowthMiB = 24;
    private const int Few = 200;
    private const int Scrolls = 60;

    // Scrolling ten thousand items compared to two hundred. Work that grew with the list would be 50 times as much.
    private const double MostTimesTheWork = 1.5;

    [Fact]
    public async Task Fifty_of_a_kind_from_one_camera_are_one_card_that_one_key_decides()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Fence");
        var clip = await host.CalmClipAsync(camera);
        await using var visit = await Visit.BeginAsync(host);
        await visit.SignInAsync(tenant.Guard);
        await Assertions.Expect(visit.Page.GetByText("All clear")).ToBeVisibleAsync();
        for (var i = 0; i < 50; i++)
            await host.ReportAsync(camera, clip, "climbing");
        await Assertions.Expect(visit.Page.Locator(".card-row .times")).ToHaveTextAsync("×50");
        await Assertions.Expect(visit.Page.Locator(".card-row")).ToHaveCountAsync(1);
        await visit.PictureAsync("watch-fifty-dark");
        await visit.Page.Keyboard.PressAsync("f");
        await Eventually.TrueAsync("all fifty are false alarms", async () =>
            (await host.Api.ListAsync($"api/anomalies?camera_id={camera.Id}&status=resolved&limit=100"))
                .Count(a => a.GetProperty("resolution").GetString() == "false_alarm") == 50);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Ten_thousand_in_the_queue_scroll_as_smoothly_as_a_few()
    {
        var tenant = await host.MakeTenantAsync();
        await tenant.MakeCameraAsync("Hall");
        await using var fewVisit = await QueueAsync(tenant, Few);
        await using var manyVisit = await QueueAsync(tenant, Waiting);
        var (few, many) = (await Scrolling.BeginAsync(fewVisit.Page), await Scrolling.BeginAsync(manyVisit.Page));

        // Alternate, so that other load on this machine slows both.
        for (var i = 0; i < Scrolls; i++)
        {
            await few.ScrollAsync();
            await many.ScrollAsync();
        }

        var (fewWork, manyWork) = (await few.WorkAsync(), await many.WorkAsync());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"a scroll by {Scrolling.Pixels} px, the page's work: {fewWork:0.0} ms with {Few} cards, {manyWork:0.0} ms with {Waiting}, "
            + $"{manyWork / fewWork:0.00} times as much; {many.MostCards} cards drawn at most"));
        Assert.InRange(many.MostCards, 1, 60);
        Assert.InRange(await many.TopAsync(), Scrolls * Scrolling.Pixels * 0.9, double.MaxValue);
        Assert.InRange(manyWork / fewWork, 0, MostTimesTheWork);
    }

    [Fact]
    public async Task An_hour_of_twelve_hundred_events_leaves_memory_flat()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Street");
        var clip = await host.CalmClipAsync(camera);
        await using var visit = await Visit.BeginAsync(host);
        await visit.SignInAsync(tenant.Guard);
        await Assertions.Expect(visit.Page.GetByText("All clear")).ToBeVisibleAsync();
        var devtools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await devtools.SendAsync("Performance.enable");

        // One-time allocations, such as code that runs for the first time, are not growth.
        await EventsAsync(camera, clip, EventsOfAnHour / 4);
        var before = await MemoryAsync(visit.Page, devtools);
        await EventsAsync(camera, clip, EventsOfAnHour * 3 / 4);
        var after = await MemoryAsync(visit.Page, devtools);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"memory, MiB: {before:0.0} after 300 events, {after:0.0} after 1,200"));
        await Assertions.Expect(visit.Page.GetByText("All clear")).ToBeVisibleAsync();
        Assert.InRange(after - before, double.MinValue, MostGrowthMiB);
        visit.AssertQuiet();
    }

    private async Task EventsAsync(Camera camera, string clip, int count)
    {
        for (var i = 0; i < count; i += 10)
        {
            // In parallel, because the test measures the page and not how long the API takes for one call after the other.
            var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => host.ReportAsync(camera, clip, $"kind_{n}")));
            var answers = await Task.WhenAll(
                ids.Select(id => host.Api.SendAsync(HttpMethod.Post, $"api/anomalies/{id}/resolve", new { resolution = "false_alarm" })));
            Assert.All(answers, a => Assert.Equal(200, a.Status));
        }
    }

    /// <summary>Memory of scripts and of the WebAssembly program together.</summary>
    private static async Task<double> MemoryAsync(IPage page, ICDPSession devtools)
    {
        await Assertions.Expect(page.GetByText("All clear")).ToBeVisibleAsync();
        await devtools.SendAsync("HeapProfiler.collectGarbage");
        var scripts = await devtools.MetricAsync("JSHeapUsedSize");
        var program = await page.EvaluateAsync<double>("() => globalThis.getDotnetRuntime(0).localHeapViewU8().byteLength");
        return (scripts + program) / (1 << 20);
    }

    private async Task<Visit> QueueAsync(Tenant tenant, int waiting)
    {
        var visit = await Visit.BeginAsync(host);
        await visit.Page.RouteAsync(
            new System.Text.RegularExpressions.Regex("/api/anomalies\\?.*status=new"), route => AnswerAsync(route, waiting));
        await visit.SignInAsync(tenant.Guard);
        await Assertions.Expect(visit.Page.Locator(".tabs button b").First)
            .ToHaveTextAsync(waiting.ToString(CultureInfo.InvariantCulture), new() { Timeout = 120_000 });
        return visit;
    }

    private static async Task AnswerAsync(IRoute route, int waiting)
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(route.Request.Url).Query);
        var from = int.Parse(query["cursor"] ?? "0", CultureInfo.InvariantCulture);
        var now = new DateTimeOffset(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);
        var items = Enumerable.Range(from, Math.Min(PageSize, waiting - from)).Select(i => new
        {
            id = 1_000_000 - i,
            camera_id = 1 + (i % 40),
            company_id = 1,
            anomaly_type = "fighting",
            label = "fighting",
            detector = "model",
            confidence = 0.7 + (i % 30 / 100.0),
            video_clip_url = "/blobs/none.mp4",
            captured_at = now.AddMinutes(-3 * i),
            received_at = now.AddMinutes(-3 * i),
            reported_at = now.AddMinutes(-3 * i),
            status = "new",
        });
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/json" };
        if (from + PageSize < waiting)
            headers["Link"] = string.Create(
                CultureInfo.InvariantCulture,
                $"<http://siaga.test/api/anomalies?limit=200&status=new&cursor={from + PageSize}>; rel=\"next\"");
        await route.FulfillAsync(new RouteFulfillOptions { Headers = headers, Body = JsonSerializer.Serialize(items) });
    }
}
