using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture;

/// <summary>The rules of CONTRIBUTING.md for lines and for the words of comments.</summary>
public sealed partial class TextRules
{
    private const int Columns = 140;

    private static readonly string[] s_folders =
    [
        "apps", "bench", "composition", "deploy", "docs", "eng", "features", "messages", "platform", "ports", "primitives", "samples",
        "tests",
    ];

    [Theory]
    [InlineData(".cs")]
    [InlineData(".razor")]
    [InlineData(".md")]
    public void No_line_is_wider_than_140_columns(string extension)
    {
        var files = Files(extension).ToList();
        Assert.NotEmpty(files);
        Assert.Equal([], files.SelectMany(f =>
            TooWide(extension, File.ReadAllLines(f)).Select(n => $"{Path.GetRelativePath(Tree.Root, f)}:{n}")));
    }

    [Fact]
    public void The_rule_finds_a_wide_line_and_spares_tables()
    {
        var wide = new string('x', Columns + 1);
        Assert.Equal([2], TooWide(".cs", ["", wide, new string('x', Columns)]));
        Assert.Equal([1], TooWide(".cs", ["|" + wide]));
        Assert.Equal([], TooWide(".md", ["|" + wide]));
    }

    [Fact]
    public void No_comment_says_nobody_or_somebody()
    {
        var files = Files(".cs").Concat(Files(".razor"));
        Assert.Equal([], files.SelectMany(f =>
            File.ReadLines(f).Where(l => Vague().IsMatch(l)).Select(l => $"{Path.GetFileName(f)}: {l.Trim()}")));
    }

    [Theory]
    [InlineData("        /" + "/ Nobody waits for it.", true)]
    [InlineData("    /" + "// <summary>Somebody signed in.</summary>", true)]
    [InlineData("        Assert.Equal(\"nobody\", actor);", false)]
    [InlineData("        Call(\"http://x/nobody\");", false)]
    public void The_rule_knows_a_comment(string line, bool isVague) => Assert.Equal(isVague, Vague().IsMatch(line));

    private static IEnumerable<string> Files(string extension) =>
        s_folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Tree.Root, f), "*" + extension, SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Tree.Root, "*" + extension))
            .Where(f => !Built().IsMatch(f));

    private static IEnumerable<int> TooWide(string extension, IReadOnlyList<string> lines) => lines.Index()
        .Where(l => l.Item.Length > Columns && !(extension == ".md" && l.Item.StartsWith('|'))).Select(l => l.Index + 1);

    [GeneratedRegex("/(bin|obj|artifacts|node_modules)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Built();

    [GeneratedRegex(
        @"(^|\s)(//|@\*).*\b(nobody|somebody|whosever)\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Vague();
}
