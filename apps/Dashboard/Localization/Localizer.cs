using System.Globalization;

namespace Siaga.App.Dashboard.Localization;

/// <summary>One text in each language; a text that lacks one cannot be written.</summary>
/// <param name="English">With <c>{0}</c> where a value goes.</param>
/// <param name="Indonesian">The same values, in any order.</param>
public sealed record LocalizedText(string English, string Indonesian);

/// <summary>The languages, by the names that browsers give them.</summary>
public enum Language
{
    English,
    Indonesian,
}

/// <summary>Speaks in the language that was chosen.</summary>
public sealed class Localizer(Browser.BrowserInterop browser)
{
    private const string Kept = "siaga.language";

    public Language Language { get; private set; }

    /// <summary>As browsers name it.</summary>
    public string Code => Language == Language.Indonesian ? "id" : "en";

    /// <summary>Another language was chosen: everything is written anew.</summary>
    public event Action? Changed;

    public string this[LocalizedText words] => Language == Language.Indonesian ? words.Indonesian : words.English;

    public string this[LocalizedText words, params object[] values] => string.Format(CultureInfo.InvariantCulture, this[words], values);

    /// <summary>A text with a count. English has a form of its own for one.</summary>
    /// <param name="count">The count, which is the first value of both texts.</param>
    /// <param name="one">The text for a count of one.</param>
    /// <param name="many">The text for every other count.</param>
    /// <param name="more">The values after the count.</param>
    public string Counted(int count, LocalizedText one, LocalizedText many, params object[] more) =>
        this[count == 1 ? one : many, [count, .. more]];

    public void Begin() => Language = browser.Language() == "id" ? Language.Indonesian : Language.English;

    public void Choose(Language language)
    {
        Language = language;
        browser.Remember(Kept, Code);
        Changed?.Invoke();
    }
}
