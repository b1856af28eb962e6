using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

public sealed class WatchTests(House house)
{
    [Fact]
    public async Task A_brawl_appears_by_itself_plays_at_its_moment_and_is_decided_and_taken_back_by_keys()
    {
        var tenant = await house.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("North gate");
        await using var visit = await Visit.BeginAsync(house);
        await visit.SignInAsync(tenant.Guard);
        var page = visit.Page;
        await Assertions.Expect(page.GetByText("All calm")).ToBeVisibleAsync();

        Assert.Equal(202, (await house.Api.UploadAsync(camera, Tree.Anomaly)).Status);
        var card = page.Locator(".card-row");
        await Assertions.Expect(card).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        await Assertions.Expect(card).ToContainTextAsync("North gate");
        await Assertions.Expect(page).ToHaveTitleAsync("(1) Watch · Siaga");
        await Assertions.Expect(card.Locator("img")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".player[data-playing=yes]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".player:not([data-shown=''])")).ToBeVisibleAsync();
        await visit.PictureAsync("watch-dark");

        await page.Keyboard.PressAsync("f");
        await Assertions.Expect(page.GetByText("All calm")).ToBeVisibleAsync();
        await Until.TrueAsync("the anomaly is a false alarm", async () => await StatusAsync(camera) is ("resolved", "false_alarm"));

        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(card).ToHaveCountAsync(1);
        await Until.TrueAsync("the anomaly waits again", async () => await StatusAsync(camera) is ("new", null));
        await page.Keyboard.PressAsync("a");
        await Until.TrueAsync("the anomaly is in hand", async () => await StatusAsync(camera) is ("acknowledged", null));
        await Assertions.Expect(page.Locator(".tabs button").Nth(1)).ToContainTextAsync("1");
        visit.AssertQuiet();
    }

    private async Task<(string? Status, string? Resolution)> StatusAsync(Camera camera)
    {
        var a = (await house.Api.ListAsync($"api/anomalies?camera_id={camera.Id}")).Single();
        return (a.GetProperty("status").GetString(), a.TryGetProperty("resolution", out var resolution) ? resolution.GetString() : null);
    }
}
