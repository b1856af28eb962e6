using System.Text.Json;

namespace Siaga.Keras.Layers;

/// <summary>A layer's own settings, as any Keras version writes them.</summary>
internal sealed class LayerConfig(string className, JsonElement config)
{
    public string ClassName => className;

    public string Name => Text("name", className);

    public JsonElement Json => config;

    public static LayerConfig Of(JsonElement layer) => new(layer.GetProperty("class_name").GetString() ?? "", layer.GetProperty("config"));

    public bool Has(string key) => config.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null;

    public JsonElement this[string key] => config.GetProperty(key);

    public string Text(string key, string otherwise) =>
        config.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : otherwise;

    public bool Flag(string key, bool otherwise = false) =>
        config.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : otherwise;

    public int Integer(string key, int otherwise) =>
        config.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : otherwise;

    public float Number(string key, float otherwise) =>
        config.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetSingle() : otherwise;

    /// <summary>A number for every one of <paramref name="count"/> dimensions: written as a list, or as one number for all.</summary>
    public int[] Integers(string key, int count, int otherwise)
    {
        if (!Has(key))
            return [.. Enumerable.Repeat(otherwise, count)];
        var value = config.GetProperty(key);
        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.GetInt32())]
            : [.. Enumerable.Repeat(value.GetInt32(), count)];
    }

    /// <summary>The name of an activation: written as text, or as an object with a class name.</summary>
    public string Activation(string key, string otherwise = "linear")
    {
        if (!Has(key))
            return otherwise;
        var value = config.GetProperty(key);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Object when value.TryGetProperty("class_name", out var name) => name.GetString() ?? otherwise,
            _ => throw new KerasException("activation_unreadable", $"The activation under '{key}' cannot be read.", Name),
        };
    }

    /// <summary>The shape that the model is fed with, batch first; null where the layer does not say.</summary>
    public IReadOnlyList<int?>? BatchShape()
    {
        foreach (var key in (string[])["batch_input_shape", "batch_shape"])
        {
            if (Has(key))
                return [.. config.GetProperty(key).EnumerateArray().Select(d => d.ValueKind == JsonValueKind.Null ? (int?)null : d.GetInt32())];
        }

        return null;
    }
}
