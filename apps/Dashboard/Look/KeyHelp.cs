using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Look;

/// <summary>The keys that the page in view knows, for the help that <c>?</c> opens.</summary>
public sealed class KeyHelp
{
    private IReadOnlyList<(string Key, Words What)> _ofPage = [];

    public IReadOnlyList<(string Key, Words What)> All => [.. _ofPage, ("?", LayoutWords.KeysHelp), ("Esc", LayoutWords.KeysClose)];

    /// <summary>A page tells its keys when it opens; none when it closes.</summary>
    public void Tell(params (string Key, Words What)[] keys) => _ofPage = keys;
}
