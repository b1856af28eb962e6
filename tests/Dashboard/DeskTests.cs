using System.Diagnostics;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>The administrator's and the operator's pages.</summary>
public sealed partial class DeskTests(House house)
{
    [Fact]
    public async Task An_administrator_adds_a_camera_copies_the_command_runs_it_and_sees_the_clip_arrive()
    {
        var tenant = await house.MakeTenantAsync();
        await using var visit = await Visit.BeginAsync(house);
        var page = visit.Page;
        await visit.SignInAsync(tenant.Admin, "/cameras");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No cameras yet" })).ToBeVisibleAsync();
        await visit.PictureAsync("cameras-empty-dark");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add camera" }).ClickAsync();

        await page.Locator("input[name=name]").FillAsync("North gate");
        await page.Locator("input[name=time_zone]").FillAsync("Asia/Jakarta");
        await visit.PictureAsync("camera-guide-dark");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the camera" }).ClickAsync();
        await page.Locator("[data-copy=command]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-copy=command]")).ToHaveTextAsync("Copied");
        var command = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        await Assertions.Expect(page.Locator("[data-arrival=waiting]")).ToBeVisibleAsync();
        await visit.PictureAsync("camera-command-dark");

        await RunAsync(command);
        await Assertions.Expect(page.Locator("[data-arrival=analysed]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByText("an alarm was raised")).ToBeVisibleAsync();
        await visit.PictureAsync("camera-arrived-dark");
        Assert.Equal(202, (await house.Api.UploadAsync(KeyIn(command), new ByteArrayContent(await File.ReadAllBytesAsync(Tree.Anomaly)))).Status);

        await page.GetByRole(AriaRole.Link, new() { Name = "To the camera" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "North gate" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input[name=name]")).ToHaveValueAsync("North gate");
        await visit.PictureAsync("camera-dark");
        await AssertReachableAsync(page);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_form_that_the_server_refuses_keeps_what_was_typed_and_marks_the_field()
    {
        var tenant = await house.MakeTenantAsync();
        await using var visit = await Visit.BeginAsync(house);
        visit.Expect("the server responded with a status of 4");
        var page = visit.Page;
        await visit.SignInAsync(tenant.Admin, "/cameras/add");
        await page.Locator("input[name=name]").FillAsync("Lift lobby");
        await page.Locator("input[name=time_zone]").FillAsync("Asia/Atlantis");
        await page.Locator("input[name=false_alarms_a_day]").FillAsync("0,5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the camera" }).ClickAsync();

        await Assertions.Expect(page.Locator("input[name=time_zone]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.GetByText("No such time zone")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input[name=time_zone]")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("input[name=time_zone]")).ToHaveValueAsync("Asia/Atlantis");
        await Assertions.Expect(page.Locator("input[name=name]")).ToHaveValueAsync("Lift lobby");
        await Assertions.Expect(page.Locator("input[name=name]")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await visit.PictureAsync("camera-refused-dark");

        await GoAsync(page, "/people", "People");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add person" }).ClickAsync();
        await page.Locator("dialog input[name=email]").FillAsync(tenant.Guard);
        await page.Locator("dialog input[name=password]").FillAsync("a long enough password");
        await page.Locator("dialog select[name=role]").SelectOptionAsync("company_admin");
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByText("This e-mail has an account already.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("dialog input[name=email]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("dialog input[name=password]")).ToHaveValueAsync("a long enough password");
        await Assertions.Expect(page.Locator("dialog select[name=role]")).ToHaveValueAsync("company_admin");
        await visit.PictureAsync("person-refused-dark");

        await page.Locator("dialog input[name=email]").FillAsync($"second.{tenant.Guard}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator($"tr[data-user='second.{tenant.Guard}']")).ToContainTextAsync("Administrator");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData("guard", "Watch History Cameras", "/cameras", "/people /companies /audit /system")]
    [InlineData("admin", "Watch History Cameras People Audit", "/cameras /people /audit", "/companies /system")]
    [InlineData("operator", "Watch History Cameras People Companies Audit System", "/cameras /people /companies /audit /system", "")]
    public async Task Each_role_sees_what_it_may(string role, string menu, string allowed, string forbidden)
    {
        var tenant = await house.MakeTenantAsync();
        await tenant.MakeCameraAsync("Ramp");
        await using var visit = await Visit.BeginAsync(house, new Look(1920, 1080, Theme: "light"));
        var page = visit.Page;
        await visit.SignInAsync(role switch { "guard" => tenant.Guard, "admin" => tenant.Admin, _ => Api.Email }, "/cameras");
        Assert.Equal(menu.Split(' '), await page.Locator("nav.rail a.rail-link span").AllInnerTextsAsync());
        foreach (var path in allowed.Split(' '))
        {
            await GoAsync(page, path, $"{char.ToUpperInvariant(path[1])}{path[2..]}");
            await page.Locator("main .card").First.WaitForAsync();
            await Assertions.Expect(page.GetByText("This page is not for you")).ToHaveCountAsync(0);
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Add camera" })).ToHaveCountAsync(path == "/cameras" && role != "guard" ? 1 : 0);
            if (role == "operator")
            {
                await AssertReachableAsync(page);
                await visit.PictureAsync($"{path[1..]}-light");
            }
        }

        foreach (var path in forbidden.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await GoAsync(page, path, $"{char.ToUpperInvariant(path[1])}{path[2..]}");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This page is not for you" })).ToBeVisibleAsync();
        }

        await visit.PictureAsync($"forbidden-{role}-light");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task An_operator_is_invited_by_a_link_and_runs_the_whole_on_a_phone_in_Indonesian()
    {
        var email = $"dewi{Guid.NewGuid():N}@siaga.test";
        await using var visit = await Visit.BeginAsync(house, new Look(360, 740, "id-ID"));
        var page = visit.Page;
        await visit.SignInAsync(Api.Email, "/people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undang operator" }).ClickAsync();
        await page.Locator("dialog input[name=email]").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Buat tautan" }).ClickAsync();
        var link = await page.Locator("dialog pre").InnerTextAsync();
        await visit.PictureAsync("invitation-phone-id");

        await using var other = await Visit.BeginAsync(house, new Look(360, 740, "id-ID"));
        await other.Page.GotoAsync(link);
        await other.Page.Locator("input[name=password]").FillAsync(Api.Password);
        await other.PictureAsync("welcome-phone-id");
        await other.Page.Locator("button[type=submit]").ClickAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Masuk" }).ClickAsync();
        await other.FillSignInAsync(email);
        await other.Page.Locator("nav.rail").WaitForAsync();
        foreach (var (path, title) in new[] { ("/cameras", "Kamera"), ("/cameras/add", "Tambah kamera"), ("/people", "Pengguna"), ("/companies", "Perusahaan"), ("/audit", "Audit"), ("/system", "Sistem") })
        {
            await GoAsync(other.Page, path, title);
            await other.Page.Locator("main .card, main .state-panel").First.WaitForAsync();
            Assert.True(await other.Page.EvaluateAsync<bool>("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth"), $"{path} is wider than a phone");
            await other.PictureAsync($"{path[1..].Replace('/', '-')}-phone-id");
        }

        visit.AssertQuiet();
        other.AssertQuiet();
    }

    [Fact]
    public async Task An_operator_sees_what_was_given_up_tries_it_again_and_drops_it()
    {
        var tenant = await house.MakeTenantAsync();
        var camera = await tenant.MakeCameraAsync("Broken lens");
        byte[] broken = [.. await File.ReadAllBytesAsync(Tree.Anomaly)];
        Array.Clear(broken, 64, broken.Length - 64);
        Assert.Equal(202, (await house.Api.UploadAsync(camera.Key, new ByteArrayContent(broken))).Status);
        await Until.TrueAsync("the clip is given up", async () => await LettersAsync(camera.Id) == 1);
        await using var visit = await Visit.BeginAsync(house);
        var page = visit.Page;
        await visit.SignInAsync(Api.Email, "/system");
        var letter = page.Locator(".letters li").Filter(new() { HasText = $"Camera {camera.Id}" });
        await Assertions.Expect(letter).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("svg .plot-line").First).ToBeAttachedAsync();
        await visit.PictureAsync("system-dark");
        await letter.GetByText("Try again").ClickAsync();
        await Assertions.Expect(page.GetByText("1 go another round.")).ToBeVisibleAsync();
        await Until.TrueAsync("it is given up again, for it is as broken as before", async () => await LettersAsync(camera.Id) == 1);

        await letter.GetByText("Drop").ClickAsync();
        await page.Locator("dialog [data-yes]").ClickAsync();
        await Assertions.Expect(letter).ToHaveCountAsync(0);
        Assert.Equal(0, await LettersAsync(camera.Id));
        visit.AssertQuiet();
    }

    private async Task<int> LettersAsync(long camera) =>
        (await house.Api.ListAsync("api/system/dead?limit=200")).Count(l => l.TryGetProperty("camera_id", out var id) && id.GetInt64() == camera);

    // Within the page, as a link goes: the program is not loaded anew.
    private static async Task GoAsync(IPage page, string path, string title)
    {
        await page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(title);
    }

    // What people without a mouse or without sight could not use, by axe-core; minor and moderate findings are for reading, not for failing.
    private static async Task AssertReachableAsync(IPage page)
    {
        var found = await page.RunAxe();
        Assert.DoesNotContain(found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{page.Url} {v.Id}: {string.Join(' ', v.Nodes.Select(n => n.Html))}"), _ => true);
    }

    private static string KeyIn(string command) => KeyPattern().Match(command).Value;

    [GeneratedRegex("sck_[0-9A-Za-z]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyPattern();

    private static async Task RunAsync(string command)
    {
        var folder = Directory.CreateTempSubdirectory("siaga-terminal-");
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { UseShellExecute = false, WorkingDirectory = folder.FullName, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["NO_PROXY"] = "*";
        using var shell = Process.Start(start)!;
        var said = await shell.StandardOutput.ReadToEndAsync() + await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        folder.Delete(recursive: true);
        Assert.True(shell.ExitCode == 0 && said.Contains("clip_id", StringComparison.Ordinal), said);
    }
}
