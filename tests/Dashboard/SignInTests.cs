using Microsoft.Playwright;

namespace Siaga.Tests.Dashboard;

public sealed class SignInTests(TestHost host)
{
    [Fact]
    public async Task A_wrong_password_is_said_and_what_was_typed_stays()
    {
        var tenant = await host.MakeTenantAsync();
        await using var visit = await Visit.BeginAsync(host, new Look(Language: "id-ID"));
        visit.Expect("401");
        await visit.Page.GotoAsync("/history");
        await visit.FillSignInAsync(tenant.Guard, "a password that is wrong");
        await Assertions.Expect(visit.Page.GetByText("Email atau kata sandi salah.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("input[name=email]")).ToHaveValueAsync(tenant.Guard);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_session_that_ends_asks_to_sign_in_and_goes_on_where_it_was()
    {
        var tenant = await host.MakeTenantAsync();
        await tenant.MakeCameraAsync("Lobby");
        await using var visit = await Visit.BeginAsync(host);
        visit.Expect("401");
        await visit.SignInAsync(tenant.Guard, "/history");
        await Assertions.Expect(visit.Page.Locator(".strip-row")).ToHaveCountAsync(1);
        var guard = (await host.Api.ListAsync($"api/users?company_id={tenant.CompanyId}"))
            .Single(u => u.GetProperty("email").GetString() == tenant.Guard).GetProperty("id").GetInt64();
        const string next = "quite another long password";
        Assert.Equal(200, (await host.Api.SendAsync(HttpMethod.Put, $"api/users/{guard}", new { password = next })).Status);

        await Assertions.Expect(visit.Page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("input[name=email]")).ToHaveValueAsync(tenant.Guard);
        await visit.FillSignInAsync(tenant.Guard, next);
        await Assertions.Expect(visit.Page.Locator(".session-over")).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.Locator(".strip-row")).ToHaveCountAsync(1);
        Assert.EndsWith("/history", visit.Page.Url, StringComparison.Ordinal);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_reload_needs_no_password_and_signing_out_does()
    {
        var tenant = await host.MakeTenantAsync();
        await using var visit = await Visit.BeginAsync(host);
        await visit.SignInAsync(tenant.Guard);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByText("All clear")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("input[name=password]")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }
}
