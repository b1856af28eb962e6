using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>
/// Every page as a user sees it: the test keeps screenshots and checks that nothing overflows and that axe finds nothing serious.
/// </summary>
public sealed class TourTests(TestHost host)
{
    private static readonly SemaphoreSlim s_gate = new(1);
    private static Tenant? s_tenant;

    [Theory]
    [InlineData(1440, 900, "en-GB", "dark")]
    [InlineData(1920, 1080, "id-ID", "light")]
    [InlineData(360, 780, "id-ID", "dark")]
    [InlineData(360, 780, "en-GB", "light")]
    public async Task Watch_and_history_look_right(int width, int height, string language, string theme)
    {
        var tenant = await BusyTenantAsync();
        await using var visit = await Visit.BeginAsync(host, new Look(width, height, language, theme));
        var page = visit.Page;
        var name = $"{width}-{language[..2]}-{theme}";
        await page.GotoAsync("/");
        await page.Locator("input[name=email]").WaitForAsync();
        await visit.LookAsync($"sign-in-{name}");
        await visit.FillSignInAsync(tenant.Guard);

        await page.Locator(".card-row img").First.WaitForAsync();
        await visit.LookAsync($"watch-{name}");
        await page.Locator(".card-row").First.ClickAsync();
        await page.Locator(".player[data-playing=yes]").WaitForAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.player').dataset.shown");
        await visit.LookAsync($"watch-stage-{name}");
        await page.Keyboard.PressAsync("?");
        await page.Locator("[role=dialog]").WaitForAsync();
        await visit.LookAsync($"keys-{name}");
        await page.Keyboard.PressAsync("Escape");

        await visit.GoAsync("/history");
        await page.Locator(".found").First.WaitForAsync();
        await visit.LookAsync($"history-{name}");
        await page.Locator(".found").First.ClickAsync();
        await page.Locator(".player[data-playing=yes]").WaitForAsync();
        await visit.LookAsync($"history-player-{name}");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public async Task Every_other_page_looks_right_in_both_themes(string theme)
    {
        var tenant = await host.MakeTenantAsync("Harbour");
        var camera = await tenant.MakeCameraAsync("Pier");
        await using var visit = await Visit.BeginAsync(host, new Look(Theme: theme));
        var page = visit.Page;
        await page.GotoAsync("/welcome#sinv_from-a-link");
        await page.Locator("input[name=password]").WaitForAsync();
        await visit.LookAsync($"page-welcome-{theme}");
        await visit.SignInAsync(Api.Email, "/cameras");
        foreach (var (path, title) in new[]
        {
            ("/cameras", "Cameras"), ($"/cameras/{camera.Id}", "Pier"), ("/cameras/add", "Add a camera"), ("/people", "People"),
            ("/companies", "Companies"), ("/audit", "Audit"), ("/system", "System"), ("/account", "Your account"),
            ("/no-such-page", "Page not found"),
        })
        {
            await visit.GoAsync(path);
            await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(title);
            await page.Locator("main .card, main .state-panel, main form").First.WaitForAsync();
            await visit.LookAsync(
                $"page-{(path.EndsWith($"/{camera.Id}", StringComparison.Ordinal) ? "camera" : path[1..].Replace('/', '-'))}-{theme}");
        }

        await using var guard = await Visit.BeginAsync(host, new Look(Theme: theme));
        await guard.SignInAsync(tenant.Guard, "/audit");
        await Assertions.Expect(guard.Page.GetByText("You do not have access to this page")).ToBeVisibleAsync();
        await guard.LookAsync($"page-forbidden-{theme}");
        visit.AssertQuiet();
        guard.AssertQuiet();
    }

    [Theory]
    [InlineData(1440, 900, "dark")]
    [InlineData(360, 780, "light")]
    public async Task A_whole_day_of_clips_gaps_and_anomalies_looks_right(int width, int height, string theme)
    {
        var tenant = await host.MakeTenantAsync("Tower");
        var usual = await tenant.MakeCameraAsync("Main gate");
        var motion = await tenant.MakeCameraAsync("Stairs, motion only");
        await tenant.MakeCameraAsync("Roof");
        await using var visit = await Visit.BeginAsync(host, new Look(width, height, Theme: theme));
        var page = visit.Page;
        await WholeDay.ShowAsync(page, usual, motion);
        await visit.SignInAsync(tenant.Guard, "/history");
        await page.Locator(".s-anomaly").First.WaitForAsync();
        Assert.Equal(WholeDay.Anomalies, await page.Locator(".s-anomaly").CountAsync());

        // The strip marks the recorded part of the day in proportion.
        var share = await page.Locator(".strip-row").Filter(new() { HasText = "Main gate" }).Locator(".s-clip")
            .EvaluateAsync<double>("path => path.getBoundingClientRect().width / path.closest('.strip-bar').getBoundingClientRect().width");
        Assert.InRange(share, 0.89, 0.93);
        await visit.LookAsync($"history-day-{width}-{theme}");
        visit.AssertQuiet();
    }

    /// <summary>A company with three cameras, some clips of today and a few anomalies.</summary>
    private async Task<Tenant> BusyTenantAsync()
    {
        await s_gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (s_tenant is not null)
                return s_tenant;
            var tenant = await host.MakeTenantAsync("Plaza");
            var cameras = new[]
            {
                await tenant.MakeCameraAsync("North gate"),
                await tenant.MakeCameraAsync("Parking, level 2"),
                await tenant.MakeCameraAsync("Lobby", "Asia/Makassar"),
            };
            var now = TimeProvider.System.GetUtcNow();
            foreach (var (index, clip) in Tree.Clips.Index())
                Assert.Equal(202, (await host.Api.UploadAsync(cameras[index % 3], clip, now.AddSeconds(-20 * (index + 1)))).Status);
            await Eventually.TrueAsync(
                "every clip is analysed",
                async () => (await host.Api.ListAsync("api/analyses?limit=200"))
                    .Count(a => a.GetProperty("company_id").GetInt64() == tenant.CompanyId) == Tree.Clips.Count,
                TimeSpan.FromMinutes(3));
            var key = await host.CalmClipAsync(cameras[1]);
            foreach (var (type, sure) in new[] { ("fighting", 0.97), ("vandalism", 0.82), ("loitering_near_cars", 0.71) })
                await host.ReportAsync(cameras[1], key, type, sure);
            return s_tenant = tenant;
        }
        finally
        {
            s_gate.Release();
        }
    }
}
