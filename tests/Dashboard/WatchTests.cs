using System.Diagnostics;
using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>The parts of a guard's page that the journey does not cover.</summary>
public sealed class WatchTests(TestHost host)
{
    [Fact]
    public async Task What_is_normal_is_asked_about_learned_and_not_taken_back()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Back door");
        var id = await host.ReportAsync(camera, await host.CalmClipAsync(camera), "loitering");
        await using var visit = await Visit.BeginAsync(host);
        visit.Expect("status of 409");
        await visit.SignInAsync(tenant.Guard);
        var page = visit.Page;
        await Assertions.Expect(page.Locator(".card-row")).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("dialog [data-yes]")).ToBeFocusedAsync();
        await visit.LookAsync("watch-normal-dark");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        Assert.Equal("new", (await AnomalyAsync(id)).GetProperty("status").GetString());

        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("dialog [data-yes]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Normal here: Loitering, Back door.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".mud-snackbar button")).ToHaveCountAsync(0);
        await Eventually.TrueAsync("it is called normal", async () => (await AnomalyAsync(id)).GetProperty("normal").GetBoolean());
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.GetByText("has already learned")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("All clear")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_clip_that_no_browser_plays_is_played_by_its_copy()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed");
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Loading bay");
        var file = Path.Combine(Path.GetTempPath(), $"siaga-hevc-{camera.Id}.mp4");
        try
        {
            await EncodeAsync(file);
            Assert.Equal(202, (await host.Api.UploadAsync(camera, file)).Status);
        }
        finally
        {
            File.Delete(file);
        }

        await using var visit = await Visit.BeginAsync(host);
        await visit.SignInAsync(tenant.Guard);
        var page = visit.Page;
        await Assertions.Expect(page.Locator(".card-row")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByText("Preparing a playable copy")).ToBeVisibleAsync();
        await visit.LookAsync("watch-preparing-dark");
        await Assertions.Expect(page.Locator(".player[data-playing=yes]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".film-trouble")).ToHaveCountAsync(0);
        await visit.PictureAsync("watch-copy-dark");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData("en-GB", "speed", 27, 6, "Unusual speed", "About 4 times faster than usual here.", "27 px/s")]
    [InlineData("id-ID", "speed", 27, 6, "Kecepatan tidak biasa", "Sekitar 4 kali lebih cepat dari biasanya di sini.", "27 px/dtk")]
    [InlineData(
        "en-GB", "place", 0.00301, 0, "Unusual place", "Activity in a normally empty area (active 0.3 % of the time).", "0.301 %")]
    [InlineData(
        "id-ID", "place", 0.00301, 0, "Tempat tidak biasa",
        "Ada aktivitas di area yang biasanya kosong (aktif 0,3 % dari seluruh waktu).", "0,301 %")]
    public async Task What_a_scene_detector_found_is_said_in_the_readers_language_with_its_values_in_a_tooltip(
        string language, string attribute, double value, double usual, string label, string sentence, string values)
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Driveway");
        await host.ReportSceneAsync(camera, await host.CalmClipAsync(camera), attribute, (value, usual));
        await using var visit = await Visit.BeginAsync(host, new Look(Language: language));
        await visit.SignInAsync(tenant.Guard);
        await Assertions.Expect(visit.Page.Locator(".card-row")).ToContainTextAsync(label);
        var why = visit.Page.Locator(".why");
        await Assertions.Expect(why).ToContainTextAsync(sentence);
        Assert.Contains(values, await why.GetAttributeAsync("title"), StringComparison.Ordinal);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task An_anomaly_that_was_stored_without_values_shows_its_stored_sentence()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Driveway");
        await host.ReportSceneAsync(camera, await host.CalmClipAsync(camera), "speed", values: null);
        await using var visit = await Visit.BeginAsync(host, new Look(Language: "id-ID"));
        await visit.SignInAsync(tenant.Guard);
        await Assertions.Expect(visit.Page.Locator(".why")).ToContainTextAsync(TestHost.StoredSentence);
        visit.AssertQuiet();
    }

    private async Task<System.Text.Json.JsonElement> AnomalyAsync(long id) =>
        (await host.Api.SendAsync(HttpMethod.Get, $"api/anomalies/{id}")).Body;

    private static async Task EncodeAsync(string file)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg", [
                "-nostdin", "-loglevel", "error", "-y", "-i", Tree.Anomaly, "-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
                "log-level=none", "-an", file])
        {
            UseShellExecute = false,
        })!;
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
