using Siaga.App.Dashboard.Localization;
using Siaga.App.Dashboard.Look;
using Siaga.App.Dashboard.Watch;
using Siaga.Messages.Api;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class LocalizerTests
{
    private static readonly LocalizedText s_text = new("{0} of {1}", "{1}: {0}");

    [Theory]
    [InlineData("id", Language.Indonesian)]
    [InlineData("en", Language.English)]
    [InlineData("de", Language.English)]
    public void The_page_s_language_is_the_browser_s(string browser, Language language)
    {
        var localizer = new Localizer(FakeScripts.Browser(new FakeScripts { Language = browser }));
        localizer.Begin();
        Assert.Equal(language, localizer.Language);
    }

    [Fact]
    public void A_language_that_is_chosen_is_remembered_and_told()
    {
        var (scripts, told) = (new FakeScripts(), 0);
        var localizer = new Localizer(FakeScripts.Browser(scripts));
        localizer.Changed += () => told++;
        localizer.Choose(Language.Indonesian);
        Assert.Equal(("id", "id", 1), (localizer.Code, scripts.Kept["siaga.language"], told));
        Assert.Equal("b: a", localizer[s_text, "a", "b"]);
        localizer.Choose(Language.English);
        Assert.Equal(("en", "a of b"), (localizer.Code, localizer[s_text, "a", "b"]));
    }

    [Theory]
    [InlineData(0, "0 things of a")]
    [InlineData(1, "1 thing of a")]
    [InlineData(2, "2 things of a")]
    public void One_thing_has_a_form_of_its_own(int count, string text) =>
        Assert.Equal(text, FakeScripts.Localizer(Language.English).Counted(
            count, new("{0} thing of {1}", ""), new("{0} things of {1}", ""), "a"));

        [Theory]
    [InlineData("fall", "Fall", "Jatuh")]
    [InlineData("FALL", "Fall", "Jatuh")]
    [InlineData("forklift_race", "Forklift race", "Forklift race")]
    [InlineData("__", "__", "__")]
    public void A_type_has_a_name_in_the_reader_s_language_or_the_model_s_own(string type, string english, string indonesian) =>
        Assert.Equal(
            (english, indonesian),
            (FakeScripts.Localizer(Language.English).Label(type), FakeScripts.Localizer(Language.Indonesian).Label(type)));

        [Fact]
    public void Each_role_has_a_name_of_its_own() => Assert.Equal(
        [LayoutTexts.RoleSuperadmin, LayoutTexts.RoleCompanyAdmin, LayoutTexts.RoleUser, LayoutTexts.RoleUser],
        [.. ((Role?[])[Role.Superadmin, Role.CompanyAdmin, Role.User, null]).Select(LayoutTexts.RoleOf)]);

    [Fact]
    public void The_theme_is_dark_until_light_is_chosen_and_follows_the_language()
    {
        var scripts = new FakeScripts();
        var browser = FakeScripts.Browser(scripts);
        var (localizer, changes) = (new Localizer(browser), 0);
        var theming = new Theming(browser, localizer);
        theming.Changed += () => changes++;
        theming.Begin();
        theming.Choose(dark: false);
        localizer.Choose(Language.Indonesian);
        Assert.Equal(["dress dark en", "dress light en", "dress light id"], scripts.Told);
        Assert.Equal(("light", 1), (scripts.Kept["siaga.theme"], changes));
        var again = new Theming(browser, localizer);
        again.Begin();
        Assert.False(again.IsDark);
    }

    [Fact]
    public void The_help_has_the_keys_of_the_page_and_those_of_all_pages()
    {
        var help = new KeyHelp();
        help.Tell(("J", WatchTexts.KeyNext));
        Assert.Equal(["J", "?", "Esc"], help.All.Select(k => k.Key));
        help.Tell();
        Assert.Equal(["?", "Esc"], help.All.Select(k => k.Key));
    }

    [Fact]
    public void The_tab_s_title_begins_with_how_many_wait()
    {
        var scripts = new FakeScripts();
        var browser = FakeScripts.Browser(scripts);
        browser.Title("Watch");
        browser.Count(3);
        browser.Count(3);
        browser.Title("History");
        browser.Count(0);
        Assert.Equal(["title Watch", "title (3) Watch", "title (3) History", "title History"], scripts.Told);
    }
}
