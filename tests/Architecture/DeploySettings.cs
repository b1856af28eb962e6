using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture;

/// <summary>
/// The services know every setting that deploy/ uses. A misspelled one would stop a service at its start, but only in an installation.
/// </summary>
public sealed partial class DeploySettings
{
    private static readonly string[] s_rooms = ["composition", "features", "platform"];

    [Fact]
    public void Every_setting_in_deploy_is_one_of_an_options_class()
    {
        var known = Known();
        var set = SetInDeploy();
        Assert.Contains("Database:Engine", set);
        Assert.Equal([], set.Except(known, StringComparer.Ordinal));
    }

    [Fact]
    public void The_rule_knows_settings_of_every_kind_and_no_other()
    {
        var known = Known();
        Assert.Contains("Admin:PasswordFile", known);
        Assert.Contains("Backend:Accounts:LoginWindow", known);
        Assert.Contains("Storage:S3:SecretKeyFile", known);
        Assert.Contains("Web:TrustedProxies:0", known);
        Assert.DoesNotContain("Storage:S3:SecretFile", known);
        Assert.DoesNotContain("Storage:S3", known);
        Assert.DoesNotContain("Web:TrustedProxies", known);
    }

    /// <summary>Setting names such as <c>Database:Engine</c>, converted from the form <c>SIAGA__Database__Engine</c>.</summary>
    private static HashSet<string> SetInDeploy()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Tree.Root, "deploy"), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(Tree.Root, "docs", "deploying.md"));
        return files.SelectMany(f => Variable().Matches(File.ReadAllText(f)))
            .Select(m => ListIndex().Replace(m.Groups["path"].Value.Replace("__", ":", StringComparison.Ordinal), ":0"))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Every setting of the options classes and of the sections without such a class. A list is represented by its first item.
    /// </summary>
    private static HashSet<string> Known()
    {
        var sections = new List<(string Path, string Class)>();
        var properties = new Dictionary<string, List<(string Type, string Name)>>(StringComparer.Ordinal);
        foreach (var file in s_rooms.SelectMany(CodeOf))
            Read(file, sections, properties);
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, type) in sections)
            Add(known, properties, path, type);
        var host = File.ReadAllText(Path.Combine(Tree.Root, "composition", "Wiring", "Hosting", "HostConfiguration.cs"));
        foreach (var section in OwnNames().Matches(host).ToList())
            known.UnionWith(
                Quoted().Matches(section.Groups["names"].Value).Select(n => $"{section.Groups["section"].Value}:{n.Groups["name"].Value}"));
        return known;
    }

    private static IEnumerable<string> CodeOf(string room) =>
        Directory.EnumerateFiles(Path.Combine(Tree.Root, room), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static void Read(
        string file, List<(string Path, string Class)> sections, Dictionary<string, List<(string Type, string Name)>> properties)
    {
        var type = "";
        foreach (var line in File.ReadLines(file))
        {
            if (ClassLine().Match(line) is { Success: true } found)
            {
                type = found.Groups["name"].Value;
                properties.TryAdd(type, []);
            }
            else if (SectionLine().Match(line) is { Success: true } section)
            {
                sections.Add((section.Groups["path"].Value, type));
            }
            else if (type.Length > 0 && PropertyLine().Match(line) is { Success: true } property)
            {
                properties[type].Add((property.Groups["type"].Value, property.Groups["name"].Value));
            }
        }
    }

    private static void Add(
        HashSet<string> known, Dictionary<string, List<(string Type, string Name)>> properties, string path, string type)
    {
        foreach (var (of, name) in properties[type])
        {
            if (properties.ContainsKey(of))
                Add(known, properties, $"{path}:{name}", of);
            else
                known.Add(of.StartsWith("IList<", StringComparison.Ordinal) ? $"{path}:{name}:0" : $"{path}:{name}");
        }
    }

    [GeneratedRegex("SIAGA__(?<path>([A-Za-z0-9]+__)+[A-Za-z0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(":[0-9]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListIndex();

    [GeneratedRegex(
        @"^(public|internal) sealed (partial )?(class|record) (?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClassLine();

    [GeneratedRegex("public const string Section = \"(?<path>[A-Za-z:]+)\";", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SectionLine();

    [GeneratedRegex(
        @"^    public (?<type>[\w<>]+)\?? (?<name>\w+) \{ get; set; \}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PropertyLine();

    [GeneratedRegex(@"\[""(?<section>\w+)""\] = \[(?<names>[^\]]+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnNames();

    [GeneratedRegex("\"(?<name>\\w+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
