using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Look;

/// <summary>Keyboard shortcuts of the current page, for the help that <c>?</c> opens.</summary>
public sealed class KeyHelp
{
    private IReadOnlyList<(string Key, LocalizedText What)> _ofPage = [];

    public IReadOnlyList<(string Key, LocalizedText What)> All => [.. _ofPage, ("?", LayoutTexts.KeysHelp), ("Esc", LayoutTexts.KeysClose)];

    /// <summary>Sets the shortcuts of the page that opens; without arguments, clears them when it closes.</summary>
    public void Tell(params (string Key, LocalizedText What)[] keys) => _ofPage = keys;
}
