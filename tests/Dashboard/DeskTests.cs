using System.Text.Json;
using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>The pages of administrators and operators.</summary>
public sealed class DeskTests(TestHost host)
{
    [Fact]
    public async Task A_form_that_the_server_refuses_keeps_what_was_typed_and_marks_the_field()
    {
        var tenant = await host.MakeTenantAsync();
        await using var visit = await Visit.BeginAsync(host);
        visit.Expect("the server responded with a status of 4");
        var page = visit.Page;
        await visit.SignInAsync(tenant.Admin, "/cameras/add");
        await page.Locator("input[name=name]").FillAsync("Lift lobby");
        await page.Locator("input[name=time_zone]").FillAsync("Asia/Atlantis");
        await page.Locator("input[name=false_alarms_a_day]").FillAsync("0,5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create camera" }).ClickAsync();

        await Assertions.Expect(page.Locator("input[name=time_zone]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.GetByText("Unknown time zone")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input[name=time_zone]")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("input[name=time_zone]")).ToHaveValueAsync("Asia/Atlantis");
        await Assertions.Expect(page.Locator("input[name=name]")).ToHaveValueAsync("Lift lobby");
        await Assertions.Expect(page.Locator("input[name=name]")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await visit.LookAsync("camera-refused-dark");

        await GoAsync(visit, "/people", "People");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add person" }).ClickAsync();
        await page.Locator("dialog input[name=email]").FillAsync(tenant.Guard);
        await page.Locator("dialog input[name=password]").FillAsync("a long enough password");
        await page.Locator("dialog select[name=role]").SelectOptionAsync("company_admin");
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByText("This email already has an account.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("dialog input[name=email]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("dialog input[name=password]")).ToHaveValueAsync("a long enough password");
        await Assertions.Expect(page.Locator("dialog select[name=role]")).ToHaveValueAsync("company_admin");
        await visit.LookAsync("person-refused-dark");

        await page.Locator("dialog input[name=email]").FillAsync($"second.{tenant.Guard}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator($"tr[data-user='second.{tenant.Guard}']")).ToContainTextAsync("Administrator");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Who_was_slower_is_told_reloads_and_keeps_what_was_typed()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Ramp");
        await using var visit = await Visit.BeginAsync(host);
        visit.Expect("status of 412");
        var page = visit.Page;
        await visit.SignInAsync(tenant.Admin, $"/cameras/{camera.Id}");
        await page.Locator("input[name=name]").FillAsync("Ramp, upper end");
        Assert.Equal(
            200,
            (await host.Api.SendAsync(HttpMethod.Put, $"api/cameras/{camera.Id}", new { name = "Slope", location = "South side" })).Status);
        var save = page.Locator("form button[type=submit]");
        await save.ClickAsync();
        await Assertions.Expect(page.GetByText("This has changed since you opened it.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input[name=name]")).ToHaveValueAsync("Ramp, upper end");
        await visit.LookAsync("camera-stale-dark");
        await page.Locator("[data-reload]").ClickAsync();
        await Assertions.Expect(page.GetByText("Your changes are kept")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input[name=location]")).ToHaveValueAsync("South side");
        await Assertions.Expect(page.Locator("input[name=name]")).ToHaveValueAsync("Ramp, upper end");
        await save.ClickAsync();
        await Assertions.Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        var saved = (await host.Api.SendAsync(HttpMethod.Get, $"api/cameras/{camera.Id}")).Body;
        Assert.Equal(("Ramp, upper end", "South side"), (saved.GetProperty("name").GetString(), saved.GetProperty("location").GetString()));

        await page.GetByRole(AriaRole.Button, new() { Name = "Archive camera" }).ClickAsync();
        await page.Locator("dialog [data-yes]").WaitForAsync();
        await visit.LookAsync("camera-archive-dark");
        await page.Keyboard.PressAsync("Escape");

        await page.Locator(".key-list button").First.ClickAsync();
        await page.Locator("dialog [data-yes]").WaitForAsync();
        await visit.LookAsync("camera-revoke-dark");
        await page.Keyboard.PressAsync("Escape");

        await GoAsync(visit, "/people", "People");
        var guard = (await host.Api.ListAsync($"api/users?company_id={tenant.CompanyId}"))
            .Single(u => u.GetProperty("email").GetString() == tenant.Guard).GetProperty("id").GetInt64();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Edit {tenant.Guard}" }).ClickAsync();
        await page.Locator("dialog select[name=role]").SelectOptionAsync("company_admin");
        await visit.LookAsync("person-edit-dark");
        Assert.Equal(200, (await host.Api.SendAsync(HttpMethod.Put, $"api/users/{guard}", new { name = "Sari" })).Status);
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await page.Locator("dialog [data-reload]").ClickAsync();
        await Assertions.Expect(page.Locator("dialog input[name=name]")).ToHaveValueAsync("Sari");
        await Assertions.Expect(page.Locator("dialog select[name=role]")).ToHaveValueAsync("company_admin");
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator($"tr[data-user='{tenant.Guard}']")).ToContainTextAsync("Administrator");
        await Assertions.Expect(page.Locator($"tr[data-user='{tenant.Guard}']")).ToContainTextAsync("Sari");

        await GoAsync(visit, "/account", "Your account");
        // A message that is fading out has too little contrast for a moment.
        await Assertions.Expect(page.Locator(".mud-snackbar")).ToHaveCountAsync(0);
        await visit.LookAsync("account-dark");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData("people", "People", "Delete")]
    [InlineData("companies", "Companies", "Archive")]
    public async Task What_is_deleted_or_archived_is_what_was_asked_about(string list, string title, string verb)
    {
        var tenant = await host.MakeTenantAsync($"Warehouse for {list}");
        var guard = (await host.Api.ListAsync($"api/users?company_id={tenant.CompanyId}"))
            .Single(u => u.GetProperty("email").GetString() == tenant.Guard).GetProperty("id").GetInt64();
        var company = (await host.Api.SendAsync(HttpMethod.Get, $"api/companies/{tenant.CompanyId}")).Body.GetProperty("name").GetString();
        var (path, shown) = list == "people" ? ($"api/users/{guard}", tenant.Guard) : ($"api/companies/{tenant.CompanyId}", company);
        await using var visit = await Visit.BeginAsync(host);
        visit.Expect("status of 412");
        var page = visit.Page;
        await visit.SignInAsync(Api.Email, $"/{list}");
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(title);
        var button = page.GetByRole(AriaRole.Button, new() { Name = $"{verb} {shown}", Exact = true });
        await button.ClickAsync();
        await page.Locator("dialog [data-yes]").WaitForAsync();

        Assert.Equal(200, (await host.Api.SendAsync(HttpMethod.Put, path, new { name = $"{company}, again" })).Status);
        await page.Locator("dialog [data-yes]").ClickAsync();
        await Assertions.Expect(page.GetByText("This has changed since you opened it.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("dialog [data-yes]")).ToBeDisabledAsync();
        var still = await host.Api.SendAsync(HttpMethod.Get, path);
        Assert.Equal(200, still.Status);
        Assert.False(still.Body.TryGetProperty("archived_at", out var archived) && archived.ValueKind != JsonValueKind.Null);
        await visit.LookAsync($"{list}-stale-dark");

        await page.Locator("dialog [data-reload]").ClickAsync();
        await page.Locator("dialog [data-yes]").ClickAsync();
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Assertions.Expect(button).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData("guard", "Watch History Cameras", "/cameras", "/people /companies /audit /system")]
    [InlineData("admin", "Watch History Cameras People Audit", "/cameras /people /audit", "/companies /system")]
    [InlineData("operator", "Watch History Cameras People Companies Audit System", "/cameras /people /companies /audit /system", "")]
    public async Task Each_role_sees_what_it_may(string role, string menu, string allowed, string forbidden)
    {
        var tenant = await host.MakeTenantAsync();
        await tenant.MakeCameraAsync("Ramp");
        await using var visit = await Visit.BeginAsync(host, new Look(1920, 1080, Theme: "light"));
        var page = visit.Page;
        await visit.SignInAsync(role switch { "guard" => tenant.Guard, "admin" => tenant.Admin, _ => Api.Email }, "/cameras");
        Assert.Equal(menu.Split(' '), await page.Locator("nav.rail a.rail-link span").AllInnerTextsAsync());
        foreach (var path in allowed.Split(' '))
        {
            await GoAsync(visit, path, $"{char.ToUpperInvariant(path[1])}{path[2..]}");
            await page.Locator("main .card").First.WaitForAsync();
            await Assertions.Expect(page.GetByText("You do not have access to this page")).ToHaveCountAsync(0);
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Add camera" }))
                .ToHaveCountAsync(path == "/cameras" && role != "guard" ? 1 : 0);
            if (role == "operator")
            {
                await visit.LookAsync($"{path[1..]}-light");
            }
        }

        foreach (var path in forbidden.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await GoAsync(visit, path, $"{char.ToUpperInvariant(path[1])}{path[2..]}");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You do not have access to this page" }))
                .ToBeVisibleAsync();
        }

        await visit.PictureAsync($"forbidden-{role}-light");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task An_operator_is_invited_by_a_link_and_runs_the_whole_on_a_phone_in_Indonesian()
    {
        var email = $"dewi{Guid.NewGuid():N}@siaga.test";
        await using var visit = await Visit.BeginAsync(host, new Look(360, 740, "id-ID"));
        var page = visit.Page;
        await visit.SignInAsync(Api.Email, "/people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undang operator" }).ClickAsync();
        await page.Locator("dialog input[name=email]").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Buat tautan" }).ClickAsync();
        var link = await page.Locator("dialog pre").InnerTextAsync();
        await visit.LookAsync("invitation-phone-id");

        await using var other = await Visit.BeginAsync(host, new Look(360, 740, "id-ID"));
        await other.Page.GotoAsync(link);
        await other.Page.Locator("input[name=password]").FillAsync(Api.Password);
        await other.LookAsync("welcome-phone-id");
        await other.Page.Locator("button[type=submit]").ClickAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Masuk" }).ClickAsync();
        await other.FillSignInAsync(email);
        await other.Page.Locator("nav.rail").WaitForAsync();
        foreach (var (path, title) in new[]
        {
            ("/cameras", "Kamera"), ("/cameras/add", "Tambah kamera"), ("/people", "Pengguna"), ("/companies", "Perusahaan"),
            ("/audit", "Audit"), ("/system", "Sistem"),
        })
        {
            await GoAsync(other, path, title);
            await other.Page.Locator("main .card, main .state-panel").First.WaitForAsync();
            Assert.True(
                await other.Page.EvaluateAsync<bool>(
                    "document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth"),
                $"{path} is wider than a phone");
            await other.LookAsync($"{path[1..].Replace('/', '-')}-phone-id");
        }

        await GoAsync(other, "/companies", "Perusahaan");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Tambah perusahaan" }).ClickAsync();
        await other.Page.Locator("dialog input[name=name]").WaitForAsync();
        await other.LookAsync("company-add-phone-id");
        visit.AssertQuiet();
        other.AssertQuiet();
    }

    [Fact]
    public async Task An_operator_sees_what_was_given_up_tries_it_again_and_drops_it()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Broken lens");
        byte[] broken = [.. await File.ReadAllBytesAsync(Tree.Anomaly)];
        Array.Clear(broken, 64, broken.Length - 64);
        Assert.Equal(202, (await host.Api.UploadAsync(camera.Key, new ByteArrayContent(broken))).Status);
        await Eventually.TrueAsync("the clip is given up", async () => await LettersAsync(camera.Id) == 1);
        await using var visit = await Visit.BeginAsync(host);
        var page = visit.Page;
        await visit.SignInAsync(Api.Email, "/system");
        var letter = page.Locator(".letters li").Filter(new() { HasText = $"Camera {camera.Id}" });
        await Assertions.Expect(letter).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("svg .plot-line").First).ToBeAttachedAsync();
        await visit.PictureAsync("system-dark");
        await letter.GetByText("Requeue").ClickAsync();
        await Assertions.Expect(page.GetByText("1 message requeued.")).ToBeVisibleAsync();
        await Eventually.TrueAsync("it is given up again, for it is as broken as before", async () => await LettersAsync(camera.Id) == 1);

        await letter.GetByText("Discard").ClickAsync();
        await page.Locator("dialog [data-yes]").WaitForAsync();
        await visit.LookAsync("letter-drop-dark");
        await page.Locator("dialog [data-yes]").ClickAsync();
        await Assertions.Expect(letter).ToHaveCountAsync(0);
        Assert.Equal(0, await LettersAsync(camera.Id));
        visit.AssertQuiet();
    }

    private async Task<int> LettersAsync(long camera) =>
        (await host.Api.ListAsync("api/system/dead?limit=200"))
            .Count(l => l.TryGetProperty("camera_id", out var id) && id.GetInt64() == camera);

    private static async Task GoAsync(Visit visit, string path, string title)
    {
        await visit.GoAsync(path);
        await Assertions.Expect(visit.Page.Locator("main h1")).ToHaveTextAsync(title);
    }
}
