using System.Collections.Concurrent;
using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>The browser's settings for a visit.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Language">The browser's language, such as <c>id-ID</c>.</param>
/// <param name="Theme"><c>dark</c> or <c>light</c>.</param>
internal sealed record Look(int Width = 1440, int Height = 900, string Language = "en-GB", string Theme = "dark");

/// <summary>A user's visit in a browser context of its own. Errors in the console fail the test when the visit ends.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<string> _expected = [];
    private readonly List<string> _found = [];

    private Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"page error: {error}");
    }

    public IPage Page { get; }

    public static async Task<Visit> BeginAsync(TestHost host, Look? look = null, Uri? address = null)
    {
        look ??= new Look();
        var context = await host.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (address ?? host.Address).ToString(),
            Locale = look.Language,
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
        });
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await context.AddInitScriptAsync($"if (!localStorage.getItem('siaga.theme')) localStorage.setItem('siaga.theme', '{look.Theme}');");
        context.SetDefaultTimeout(40_000);
        return new Visit(context, await context.NewPageAsync());
    }

    /// <summary>Opens a path and signs in.</summary>
    public async Task SignInAsync(string email, string path = "/")
    {
        await Page.GotoAsync(path);
        await FillSignInAsync(email);
        await Page.Locator("nav.rail").WaitForAsync();
    }

    /// <summary>Navigates within the page, as a link does, without reloading the program.</summary>
    public Task GoAsync(string path) => Page.EvaluateAsync("path => Blazor.navigateTo(path)", path);

    public async Task FillSignInAsync(string email, string password = Api.Password)
    {
        await Page.Locator("input[name=email]").FillAsync(email);
        await Page.Locator("input[name=password]").FillAsync(password);
        await Page.Locator("button[type=submit]").ClickAsync();
    }

    /// <summary>Allows console messages that contain this text, because the test provokes them.</summary>
    public void Expect(string complaint) => _expected.Add(complaint);

    /// <summary>Saves a screenshot under <c>artifacts/screenshots</c>.</summary>
    public async Task PictureAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Tree.Root, "artifacts", "screenshots"));
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder.FullName, name + ".png") });
    }

    /// <summary>
    /// Saves a screenshot and checks the page. Overflow and serious axe violations fail the test when the visit ends, all of them together.
    /// </summary>
    public async Task LookAsync(string name)
    {
        await PictureAsync(name);
        var over = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        if (over > 0)
            _found.Add($"{name}: the page is {over} pixels wider than the screen");
        var found = await Axe.LookAsync(Page);
        _found.AddRange(found.Select(f => $"{name}: {f}"));
    }

    /// <summary>Fails when the console or a check of a page reported a problem.</summary>
    public void AssertQuiet()
    {
        Assert.True(_found.Count == 0, string.Join('\n', _found));
        Assert.DoesNotContain(_complaints, c => !_expected.Exists(e => c.Contains(e, StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var complaint in _complaints)
            TestContext.Current.TestOutputHelper?.WriteLine(complaint);
        await _context.DisposeAsync();
    }
}
