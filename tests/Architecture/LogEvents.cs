using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture;

/// <summary>
/// Alerts refer to log messages by event id, so an id must be unique and stay the same. Without an explicit id .NET derives one from the
/// method's name, which is the same for every <c>LogFailure</c>.
/// </summary>
public sealed partial class LogEvents
{
    private static readonly string[] s_rooms = ["apps", "composition", "features", "messages", "platform", "ports", "primitives"];

    [Fact]
    public void Every_log_message_has_a_number_of_its_own()
    {
        var messages = s_rooms.SelectMany(CodeOf)
            .SelectMany(f => Find(File.ReadAllText(f)).Select(id => (File: f, Id: id))).ToList();
        Assert.True(messages.Count > 20, "The messages were not found.");
        Assert.Empty(messages.Where(m => m.Id is null).Select(m => m.File));
        Assert.Empty(messages.GroupBy(m => m.Id).Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(m => m.File))}"));

        // .NET itself uses ids below this range, Entity Framework ids above it.
        Assert.All(messages, m => Assert.InRange(m.Id!.Value, 1000, 9999));
    }

    [Fact]
    public void No_message_is_logged_without_a_number()
    {
        var direct = s_rooms.SelectMany(CodeOf).Where(f => DirectCall().IsMatch(File.ReadAllText(f)));
        Assert.Empty(direct);
        Assert.Matches(DirectCall(), "logger.LogWarning(\"x\")");
    }

    [Fact]
    public void The_rule_finds_a_missing_number()
    {
        Assert.Equal([1001], Find("[LoggerMessage(1001, LogLevel.Warning, \"x\")]"));
        Assert.Equal([1002], Find("[LoggerMessage(EventId = 1002, Level = LogLevel.Warning)]"));
        Assert.Equal([null], Find("[LoggerMessage(Level = LogLevel.Warning, Message = \"x\")]"));
    }

    private static IEnumerable<int?> Find(string code) => Attribute().Matches(code).Select(a =>
        a.Groups["id"] is { Success: true } id ? int.Parse(id.Value, System.Globalization.CultureInfo.InvariantCulture) : (int?)null);

    private static IEnumerable<string> CodeOf(string room) =>
        Directory.EnumerateFiles(Path.Combine(Tree.Root, room), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"\[LoggerMessage\((EventId = )?(?<id>[0-9]+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attribute();

    [GeneratedRegex(
        @"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DirectCall();
}
