using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>How fast a guard sees an alarm and decides. These tests measure time, so they run alone.</summary>
[Collection(Alone.Name)]
public sealed class PaceTests(TestHost host)
{
    private const double MostMs = 500;
    private const int Rounds = 20;

    [Fact]
    public async Task An_anomaly_is_on_the_screen_within_half_a_second_of_its_storing()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Pace");
        var clip = await host.CalmClipAsync(camera);
        await using var visit = await Visit.BeginAsync(host);
        await visit.SignInAsync(tenant.Guard);
        await Assertions.Expect(visit.Page.GetByText("All clear")).ToBeVisibleAsync();
        await visit.Page.EvaluateAsync("""
            () => {
              window.seen = {};
              const see = c => window.seen[c.dataset.anomaly] ??= Date.now();
              const look = () => document.querySelectorAll('.card-row[data-anomaly]').forEach(see);
              new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
            }
            """);
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            // Each anomaly has a kind of its own and therefore a card of its own; the newest of the highest severity is on top.
            var id = await host.ReportAsync(camera, clip, $"kind_{round}");
            var stored = (await host.Api.SendAsync(HttpMethod.Get, $"api/anomalies/{id}")).Body.GetProperty("reported_at")
                .GetDateTimeOffset().ToUnixTimeMilliseconds();
            var seen = await visit.Page.WaitForFunctionAsync("id => window.seen[id]", id.ToString(CultureInfo.InvariantCulture));
            times.Add((await seen.JsonValueAsync<double>()) - stored);
        }

        Report("anomaly stored → card on the screen", times);
        Assert.InRange(Percentile95(times), 0, MostMs);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_key_shows_the_next_clips_first_picture_within_half_a_second()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Pace");
        var keys = new List<string>();
        var calm = Tree.Clips.Where(c => c.Contains("walker", StringComparison.Ordinal)).ToList();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i <= Rounds; i++)
            Assert.Equal(202, (await host.Api.UploadAsync(camera, calm[i % calm.Count], now.AddSeconds(-10 * i))).Status);
        await Eventually.TrueAsync("the clips are listed", async () =>
        {
            var items = (await host.Api.SendAsync(HttpMethod.Get, $"api/cameras/{camera.Id}/recordings")).Body.GetProperty("items");
            keys = [.. items.EnumerateArray().Select(i => i.GetProperty("key").GetString()!)];
            return keys.Count == Rounds + 1;
        });
        foreach (var (i, key) in keys.Index())
            await host.ReportAsync(camera, key, $"kind_{i}");
        await using var visit = await Visit.BeginAsync(host);
        await visit.SignInAsync(tenant.Guard);
        var page = visit.Page;
        await page.Locator(".player[data-playing=yes]").WaitForAsync();
        await page.EvaluateAsync("() => document.addEventListener('keydown', () => { window.pressed = performance.now(); }, true)");
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var before = await page.Locator(".player").GetAttributeAsync("data-clip");
            await page.Keyboard.PressAsync("j");
            var shown = await page.WaitForFunctionAsync(
                "before => { const p = document.querySelector('.player'); return p.dataset.clip !== before && +p.dataset.shown > "
                + "window.pressed ? +p.dataset.shown - window.pressed : null; }", before);
            times.Add(await shown.JsonValueAsync<double>());
        }

        Report("key → the next clip's first picture", times);
        Assert.InRange(Percentile95(times), 0, MostMs);
        visit.AssertQuiet();
    }

    private static double Percentile95(IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        return sorted[(int)Math.Ceiling(sorted.Count * 0.95) - 1];
    }

    private static void Report(string what, IReadOnlyList<double> times)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: p50 {times.Order().ElementAt(times.Count / 2):0} ms, p95 {Percentile95(times):0} ms, most "
            + $"{times.Max():0} ms of {times.Count}");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        var folder = Directory.CreateDirectory(Path.Combine(Tree.Root, "artifacts"));
        File.AppendAllText(Path.Combine(folder.FullName, "dashboard-pace.txt"), line + "\n");
    }
}
