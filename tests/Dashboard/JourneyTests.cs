using System.Diagnostics;
using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>The whole purpose of the dashboard in one test, from adding a camera to a decision that History keeps.</summary>
public sealed class JourneyTests(TestHost host)
{
    [Fact]
    public async Task A_camera_is_added_its_command_is_run_and_the_card_that_appears_is_called_a_false_alarm_by_keys()
    {
        var tenant = await host.MakeTenantAsync();
        await using var admin = await Visit.BeginAsync(host);
        await using var guard = await Visit.BeginAsync(host);
        await guard.SignInAsync(tenant.Guard);
        await Assertions.Expect(guard.Page.GetByRole(AriaRole.Heading, new() { Name = "All clear" })).ToBeVisibleAsync();
        await guard.LookAsync("watch-empty-dark");
        await guard.Page.EvaluateAsync("() => { window.loadedOnce = true; }");

        var command = await AddCameraAsync(admin, tenant);
        await RunAsync(command);
        await DecideAsync(guard, tenant);
        await ArrivedAsync(admin);
        await HistoryAsync(guard);
        admin.AssertQuiet();
        guard.AssertQuiet();
    }

    /// <returns>The command in the setup guide.</returns>
    private static async Task<string> AddCameraAsync(Visit visit, Tenant tenant)
    {
        var page = visit.Page;
        await visit.SignInAsync(tenant.Admin, "/cameras");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No cameras yet" })).ToBeVisibleAsync();
        await visit.LookAsync("cameras-empty-dark");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add camera" }).ClickAsync();
        await page.Locator("input[name=name]").FillAsync("North gate");
        await page.Locator("input[name=time_zone]").FillAsync("Asia/Jakarta");
        await visit.LookAsync("camera-guide-dark");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create camera" }).ClickAsync();
        await page.Locator("[data-copy=command]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-copy=command]")).ToHaveTextAsync("Copied");
        await Assertions.Expect(page.Locator("[data-arrival=waiting]")).ToBeVisibleAsync();
        await visit.LookAsync("camera-command-dark");
        return await page.EvaluateAsync<string>("navigator.clipboard.readText()");
    }

    // The alarm appears by itself, plays at its moment, and is acknowledged, released and decided with the keyboard alone.
    private async Task DecideAsync(Visit visit, Tenant tenant)
    {
        var page = visit.Page;
        var card = page.Locator(".card-row");
        await Assertions.Expect(card).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        await Assertions.Expect(card).ToContainTextAsync("North gate");
        await Assertions.Expect(page).ToHaveTitleAsync("(1) Watch · Siaga");
        await Assertions.Expect(card.Locator("img")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".player[data-playing=yes]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".player:not([data-shown=''])")).ToBeVisibleAsync();
        await visit.LookAsync("watch-dark");

        await page.Keyboard.PressAsync("a");
        await Eventually.TrueAsync("the anomaly is in hand", async () => await StatusAsync(tenant) is ("acknowledged", null));
        await Assertions.Expect(page.Locator(".tabs button").Nth(1)).ToContainTextAsync("1");
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(card).ToHaveCountAsync(1);
        await Eventually.TrueAsync("the anomaly waits again", async () => await StatusAsync(tenant) is ("new", null));
        await page.Keyboard.PressAsync("f");
        await Assertions.Expect(page.GetByText("All clear")).ToBeVisibleAsync();
        await Eventually.TrueAsync("the anomaly is a false alarm", async () => await StatusAsync(tenant) is ("resolved", "false_alarm"));
    }

    private static async Task ArrivedAsync(Visit visit)
    {
        var page = visit.Page;
        await Assertions.Expect(page.Locator("[data-arrival=analysed]")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("an alarm was raised")).ToBeVisibleAsync();
        await visit.LookAsync("camera-arrived-dark");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open camera" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "North gate" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input[name=name]")).ToHaveValueAsync("North gate");
        await visit.LookAsync("camera-dark");
    }

    private static async Task HistoryAsync(Visit visit)
    {
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "History", Exact = true }).PressAsync("Enter");
        var found = page.Locator(".found");
        await Assertions.Expect(found).ToHaveCountAsync(1);
        await Assertions.Expect(found).ToContainTextAsync("North gate");
        await Assertions.Expect(found.Locator(".state")).ToHaveTextAsync("False alarm");
        await visit.LookAsync("history-false-alarm-dark");
        Assert.True(await page.EvaluateAsync<bool>("() => window.loadedOnce === true"), "the page was loaded anew on the way");
    }

    private async Task<(string? Status, string? Resolution)> StatusAsync(Tenant tenant)
    {
        var a = (await host.Api.ListAsync("api/anomalies?limit=200"))
            .Single(a => a.GetProperty("company_id").GetInt64() == tenant.CompanyId);
        return (a.GetProperty("status").GetString(), a.TryGetProperty("resolution", out var resolution) ? resolution.GetString() : null);
    }

    private static async Task RunAsync(string command)
    {
        var folder = Directory.CreateTempSubdirectory("siaga-terminal-");
        var start = new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            UseShellExecute = false,
            WorkingDirectory = folder.FullName,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["NO_PROXY"] = "*";
        using var shell = Process.Start(start)!;
        var said = await shell.StandardOutput.ReadToEndAsync() + await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        folder.Delete(recursive: true);
        Assert.True(shell.ExitCode == 0 && said.Contains("clip_id", StringComparison.Ordinal), said);
    }
}
