using System.Globalization;

namespace Siaga.App.Dashboard.Language;

/// <summary>One text in each language; a text that lacks one cannot be written.</summary>
/// <param name="English">With <c>{0}</c> where a value goes.</param>
/// <param name="Indonesian">The same values, in any order.</param>
public sealed record Words(string English, string Indonesian);

/// <summary>The languages, by the names that browsers give them.</summary>
public enum Tongue
{
    English,
    Indonesian,
}

/// <summary>Speaks in the language that was chosen.</summary>
public sealed class Speech(Browser.BrowserDoor browser)
{
    private const string Kept = "siaga.language";

    public Tongue Tongue { get; private set; }

    /// <summary>As browsers name it.</summary>
    public string Code => Tongue == Tongue.Indonesian ? "id" : "en";

    /// <summary>Another language was chosen: everything is written anew.</summary>
    public event Action? Changed;

    public string this[Words words] => Tongue == Tongue.Indonesian ? words.Indonesian : words.English;

    public string this[Words words, params object[] values] => string.Format(CultureInfo.InvariantCulture, this[words], values);

    public void Begin() => Tongue = browser.Language() == "id" ? Tongue.Indonesian : Tongue.English;

    public void Choose(Tongue tongue)
    {
        Tongue = tongue;
        browser.Remember(Kept, Code);
        Changed?.Invoke();
    }
}
