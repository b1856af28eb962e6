using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Look;

/// <summary>The keys that the page in view knows, for the help that <c>?</c> opens.</summary>
public sealed class KeyHelp
{
    private IReadOnlyList<(string Key, LocalizedText What)> _ofPage = [];

    public IReadOnlyList<(string Key, LocalizedText What)> All => [.. _ofPage, ("?", LayoutTexts.KeysHelp), ("Esc", LayoutTexts.KeysClose)];

    /// <summary>A page tells its keys when it opens; none when it closes.</summary>
    public void Tell(params (string Key, LocalizedText What)[] keys) => _ofPage = keys;
}
