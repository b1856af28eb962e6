using System.Text.RegularExpressions;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>Every text of the pages, read from the files that contain them.</summary>
public sealed partial class TextsTests
{
    private static readonly IReadOnlyList<string> s_sources =
    [
        .. Directory.EnumerateFiles(Path.Combine(Tree.Root, "apps", "Dashboard"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText),
    ];

    [Fact]
    public void Every_text_is_in_both_languages_with_the_same_values()
    {
        var texts = s_sources.SelectMany(s => Pair().Matches(s)).ToList();
        Assert.InRange(texts.Count, 100, int.MaxValue);
        Assert.All(texts, t =>
        {
            Assert.NotEmpty(t.Groups["english"].Value.Trim('"', ' '));
            Assert.NotEmpty(t.Groups["other"].Value.Trim('"', ' '));
            Assert.Equal(Values(t.Groups["english"].Value), Values(t.Groups["other"].Value));
        });
    }

    [Fact]
    public void Every_text_that_is_declared_is_found_by_these_tests() => Assert.All(s_sources, source =>
    {
        var pairs = Pair().Matches(source).Select(p => p.Index).ToHashSet();
        Assert.All(Declared().Matches(source), d => Assert.Contains(d.Index + d.Length - "new(".Length, pairs));
    });

    [Fact]
    public void Indonesian_texts_write_decimals_with_a_comma() => Assert.All(
        s_sources.SelectMany(s => Pair().Matches(s)), t => Assert.DoesNotMatch("[0-9]\\.[0-9]{1,2}(?![0-9])", t.Groups["other"].Value));

    [Fact]
    public void No_page_has_a_text_of_its_own()
    {
        var said = Directory.EnumerateFiles(Path.Combine(Tree.Root, "apps", "Dashboard"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(f => Attribute().Matches(File.ReadAllText(f).Split("@code {")[0]).Select(m => $"{Path.GetFileName(f)}: {m.Value}"));
        Assert.Empty(said);
    }

    private static IEnumerable<string> Values(string text) =>
        Value().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    // Two string literals, each perhaps in several parts.
    [GeneratedRegex(
        """
        new\(\s*(?<english>"(?:[^"\\]|\\.)*"(?:\s*\+\s*"(?:[^"\\]|\\.)*")*),\s*(?<other>"(?:[^"\\]|\\.)*"(?:\s*\+\s*"(?:[^"\\]|\\.)*")*)\)
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        5000)]
    private static partial Regex Pair();

    [GeneratedRegex("LocalizedText \\w+ = new\\(", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Declared();

    [GeneratedRegex("\\{[0-9]\\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Value();

    // A label, title or placeholder that starts with a letter is written in one language only.
    [GeneratedRegex(
        "\\s(?:aria-label|title|placeholder|Label|Title|Why|HelperText)=\"[A-Za-z][^\"]*\"", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Attribute();
}
