using Microsoft.Playwright;

namespace Siaga.Tests.Dashboard;

public sealed class SignInTests(House house)
{
    [Fact]
    public async Task A_guard_signs_in_and_finds_all_calm()
    {
        var tenant = await house.MakeTenantAsync();
        await using var visit = await Visit.BeginAsync(house);
        await visit.Page.GotoAsync("/");
        await visit.Page.Locator("input[name=email]").WaitForAsync();
        await visit.PictureAsync("sign-in-dark");
        await visit.FillSignInAsync(tenant.Guard);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "All calm" })).ToBeVisibleAsync();
        await visit.PictureAsync("watch-empty-dark");
        visit.AssertQuiet();
    }
}
