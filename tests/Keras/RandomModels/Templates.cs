using System.Text.Json.Nodes;
using Siaga.Keras.Containers;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>
/// Layer configurations with every key that Keras really writes, taken from the fixtures of one version and one kind of file.
/// </summary>
internal sealed class Templates
{
    private static readonly Dictionary<(bool, bool), Templates> s_made = [];
    private readonly Dictionary<string, JsonObject> _byClass = [];

    private readonly bool _keras3;
    private readonly bool _archive;

    private Templates(bool keras3, bool archive)
    {
        (_keras3, _archive) = (keras3, archive);
        var ending = $"keras{(keras3 ? 3 : 2)}.{(archive ? "keras" : "h5")}";
        foreach (var path in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "fixtures"), "*." + ending).Order(
            StringComparer.Ordinal))
        {
            if (path.Contains("refused", StringComparison.Ordinal) || path.Contains("float16", StringComparison.Ordinal))
                continue;
            using var file = ModelFile.Read(path);
            Collect(JsonNode.Parse(file.Config.GetRawText())!);
        }
    }

    public static Templates Of(bool keras3, bool archive)
    {
        lock (s_made)
            return s_made.TryGetValue((keras3, archive), out var made) ? made : s_made[(keras3, archive)] = new Templates(keras3, archive);
    }

    /// <param name="like">A class with the same keys, if no fixture contains this one.</param>
    public JsonObject Layer(string className, string? like = null)
    {
        var from = _byClass.GetValueOrDefault(className)
            ?? Of(_keras3, !_archive)._byClass.GetValueOrDefault(className)
            ?? _byClass[like ?? throw new InvalidOperationException($"No fixture has {className}.")];
        var layer = from.DeepClone().AsObject();
        layer["class_name"] = className;
        return layer;
    }

    private void Collect(JsonNode? node)
    {
        if (node is JsonObject { Count: > 0 } o)
        {
            if (o["class_name"] is { } name
                && o["config"] is JsonObject
                && !(o["module"]?.GetValue<string>() ?? "").Contains(".ops.", StringComparison.Ordinal)
                && !_byClass.ContainsKey(name.GetValue<string>()))
            {
                var template = o.DeepClone().AsObject();
                template.Remove("inbound_nodes");
                template.Remove("name");
                template.Remove("build_config");
                _byClass[name.GetValue<string>()] = template;
            }

            foreach (var (_, value) in o)
                Collect(value);
        }
        else if (node is JsonArray list)
        {
            foreach (var value in list)
                Collect(value);
        }
    }
}
