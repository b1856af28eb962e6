using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Reads a layer's settings, with Keras's defaults.</summary>
internal static class Json
{
    public static string ClassOf(this JsonObject layer) => layer["class_name"]!.GetValue<string>();

    /// <summary>The settings. The list of layers of a very old Sequential is wrapped in an object.</summary>
    public static JsonObject ConfigOf(this JsonObject layer) =>
        layer["config"] as JsonObject ?? new JsonObject { ["layers"] = layer["config"]!.DeepClone() };

    public static string NameOf(this JsonObject layer) =>
        (layer["name"] ?? (layer["config"] as JsonObject)?["name"])?.GetValue<string>() ?? layer.ClassOf();

    public static bool Flag(this JsonObject config, string key, bool otherwise = false) => config[key]?.GetValue<bool>() ?? otherwise;

    public static int Int(this JsonObject config, string key, int otherwise = 0) => config[key] is { } n ? (int)Number(n) : otherwise;

    public static double Real(this JsonObject config, string key, double otherwise = 0) => config[key] is { } n ? Number(n) : otherwise;

    public static string Text(this JsonObject config, string key, string otherwise = "") => config[key]?.GetValue<string>() ?? otherwise;

    public static int[] Ints(this JsonObject config, string key, int count = 1, int otherwise = 1) => config[key] switch
    {
        null => [.. Enumerable.Repeat(otherwise, count)],
        JsonArray list => [.. list.Select(n => n is null ? -1 : (int)Number(n))],
        var one => [.. Enumerable.Repeat((int)Number(one), count)],
    };

    public static JsonObject Inner(this JsonObject config, string key) => config[key]!.AsObject();

    public static double Number(JsonNode node) => double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    public static JsonArray Array(params IEnumerable<int> numbers) => new([.. numbers.Select(n => (JsonNode?)JsonValue.Create(n))]);
}
