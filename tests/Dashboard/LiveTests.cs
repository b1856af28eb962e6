using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>Live view with a configured media server.</summary>
public sealed class LiveTests(TestHost host)
{
    [Fact]
    public async Task A_cameras_live_pictures_play_in_its_page_from_the_media_server()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Loading dock");
        await using var visit = await Visit.BeginAsync(host);
        var page = visit.Page;
        await visit.SignInAsync(tenant.Guard, $"/cameras/{camera.Id}");
        var watch = page.GetByRole(AriaRole.Button, new() { Name = "Watch live" });
        await watch.ClickAsync();
        await Assertions.Expect(page.Locator(".live-mark")).ToBeVisibleAsync();
        await Eventually.TrueAsync(
            "the pictures move", () => page.EvaluateAsync<bool>("() => document.querySelector('.live-view video').currentTime > 0.3"));
        await visit.LookAsync("camera-live-dark");
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the last picture" }).ClickAsync();
        await Assertions.Expect(page.Locator(".camera-picture")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".live-view")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_stream_that_no_camera_sends_shows_a_message_and_can_be_retried()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Roof");
        var changed = await host.Api.SendAsync(
            HttpMethod.Put, $"api/cameras/{camera.Id}", new { name = "Roof", stream_key = MediaServer.Silent });
        Assert.Equal(200, changed.Status);
        await using var visit = await Visit.BeginAsync(host);
        visit.Expect("status of 404");
        var page = visit.Page;
        await visit.SignInAsync(tenant.Guard, $"/cameras/{camera.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Watch live" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No live picture")).ToBeVisibleAsync();
        await visit.LookAsync("camera-live-none-dark");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No live picture")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }
}
