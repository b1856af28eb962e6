using System.Globalization;

namespace Siaga.App.Dashboard.Localization;

/// <summary>A text in both languages.</summary>
/// <param name="English">The English text, with <c>{0}</c> for a value.</param>
/// <param name="Indonesian">The Indonesian text, with the same values in any order.</param>
public sealed record LocalizedText(string English, string Indonesian);

/// <summary>The dashboard's languages.</summary>
public enum Language
{
    English,
    Indonesian,
}

/// <summary>Texts in the language that the user chose.</summary>
public sealed class Localizer(Browser.BrowserInterop browser)
{
    private const string Kept = "siaga.language";

    public Language Language { get; private set; }

    /// <summary>The language's code in browsers: <c>en</c> or <c>id</c>.</summary>
    public string Code => Language == Language.Indonesian ? "id" : "en";

    /// <summary>The language has changed: everything is rendered again.</summary>
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
