using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>
/// A YAML document as maps, lists and strings, with anchors and merges (<c>&lt;&lt;</c>) resolved. Numbers stay as their text.
/// </summary>
internal static class Yaml
{
    public static IReadOnlyDictionary<string, object> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Map((YamlMappingNode)stream.Documents.Single().RootNode);
    }

    /// <summary>Reads a file of the repository, given its folders and name.</summary>
    public static IReadOnlyDictionary<string, object> Load(params string[] path) =>
        Read(File.ReadAllText(Path.Combine([Tree.Root, .. path])));

    /// <summary>The map under a key; empty when there is none.</summary>
    public static IReadOnlyDictionary<string, object> MapAt(this IReadOnlyDictionary<string, object> map, string key) =>
        map.GetValueOrDefault(key) as IReadOnlyDictionary<string, object> ?? new Dictionary<string, object>();

    /// <summary>The list under a key; empty when there is none.</summary>
    public static IReadOnlyList<object> ListAt(this IReadOnlyDictionary<string, object> map, string key) =>
        map.GetValueOrDefault(key) as IReadOnlyList<object> ?? [];

    /// <summary>The string under a key; empty when there is none.</summary>
    public static string TextAt(this IReadOnlyDictionary<string, object> map, string key) => map.GetValueOrDefault(key) as string ?? "";

    public static long? NumberAt(this IReadOnlyDictionary<string, object> map, string key) =>
        long.TryParse(map.TextAt(key), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static object Value(YamlNode node) => node switch
    {
        YamlMappingNode map => Map(map),
        YamlSequenceNode list => list.Children.Select(Value).ToList(),
        _ => ((YamlScalarNode)node).Value ?? "",
    };

    private static Dictionary<string, object> Map(YamlMappingNode node)
    {
        var map = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Children.Where(c => Name(c.Key) != "<<"))
            map.Add(Name(key), Value(value));

        // A map's own values win over merged ones; of several merged maps the first wins.
        foreach (var merged in node.Children.Where(c => Name(c.Key) == "<<").SelectMany(c => Merged(c.Value)))
        {
            foreach (var (key, value) in Map(merged))
                map.TryAdd(key, value);
        }
        return map;
    }

    private static IEnumerable<YamlMappingNode> Merged(YamlNode node) =>
        node is YamlSequenceNode list ? list.Children.Cast<YamlMappingNode>() : [(YamlMappingNode)node];

    private static string Name(YamlNode key) => ((YamlScalarNode)key).Value ?? "";
}
