using System.Text.Json;

namespace Siaga.Keras.Layers;

/// <summary>A layer's settings, as written by any Keras version.</summary>
internal sealed class LayerConfig(string className, string? name, JsonElement config, JsonElement layer)
{
    private const int MaxNumber = 1 << 28;

    public string ClassName => className;

    public string Name => name ?? Text("name", className);

    public JsonElement Json => config;

    /// <summary>True for an operation of <c>keras.ops</c>, as opposed to the layer of the same name.</summary>
    public bool IsOperation => Module.Contains(".ops.", StringComparison.Ordinal);

    /// <summary>The whole entry: class, settings, and the calls in a functional model.</summary>
    public JsonElement Entry => layer;

    private string Module =>
        layer.TryGetProperty("module", out var module) && module.ValueKind == JsonValueKind.String ? module.GetString()! : "";

    /// <summary>True for a class that the model's author registered, whatever its name.</summary>
    public bool IsCustom => layer.TryGetProperty("registered_name", out var registered) && registered.ValueKind == JsonValueKind.String
        && (registered.GetString()!.Contains('>', StringComparison.Ordinal) || !IsKeras(Module));

    public static LayerConfig Of(JsonElement layer)
    {
        if (layer.ValueKind != JsonValueKind.Object
            || !layer.TryGetProperty("class_name", out var className)
            || className.ValueKind != JsonValueKind.String)
            throw new KerasException("model_config_broken", "The configuration has something else where a layer belongs.");
        var name = layer.TryGetProperty("name", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return new LayerConfig(className.GetString()!, name, layer.GetProperty("config"), layer);
    }

    public bool Has(string key) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null;

    public JsonElement this[string key] => config.GetProperty(key);

    public LayerConfig Inner(string key) => Of(config.GetProperty(key));

    public string Text(string key, string otherwise) =>
        Has(key) && config.GetProperty(key) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : otherwise;

    public bool Flag(string key, bool otherwise = false) =>
        Has(key) && config.GetProperty(key) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value
            ? value.GetBoolean()
            : otherwise;

    public int Integer(string key, int otherwise) => Has(key) ? Whole(config.GetProperty(key)) : otherwise;

    public float Number(string key, float otherwise) =>
        Has(key) && config.GetProperty(key) is { ValueKind: JsonValueKind.Number } value ? value.GetSingle() : otherwise;

    /// <summary>A number for each of <paramref name="count"/> dimensions; the file has a list, or one number for all.</summary>
    public int[] Integers(string key, int count, int otherwise)
    {
        if (!Has(key))
            return [.. Enumerable.Repeat(otherwise, count)];
        var value = config.GetProperty(key);
        if (value.ValueKind != JsonValueKind.Array)
            return [.. Enumerable.Repeat(Whole(value), count)];
        int[] numbers = [.. value.EnumerateArray().Select(Whole)];
        return numbers.Length == count || count < 0
            ? numbers
            : throw new KerasException(
                "layer_settings", $"The layer '{Name}' ({ClassName}) has {numbers.Length} numbers under '{key}' and needs {count}.", Name);
    }

    /// <summary>Sizes of windows and strides: at least 1.</summary>
    public int[] Sizes(string key, int count, int otherwise)
    {
        var sizes = Integers(key, count, otherwise);
        return sizes.All(s => s > 0)
            ? sizes
            : throw new KerasException("layer_settings", $"The layer '{Name}' ({ClassName}) has a '{key}' below 1.", Name);
    }

    /// <summary>A required size, such as units or filters: at least 1.</summary>
    public int Size(string key)
    {
        var size = Integer(key, 0);
        return size > 0 ? size : throw new KerasException("layer_settings", $"The layer '{Name}' ({ClassName}) has no '{key}'.", Name);
    }

    /// <summary>Axes: a list or a single one.</summary>
    public int[] Axes(string key, int otherwise) =>
        Has(key) && config.GetProperty(key).ValueKind == JsonValueKind.Array ? Integers(key, -1, 0) : [Integer(key, otherwise)];

    /// <summary>The model's input shape, batch first; null when the layer has none.</summary>
    public IReadOnlyList<int?>? BatchShape()
    {
        foreach (var key in (string[])["batch_input_shape", "batch_shape"])
        {
            if (Has(key))
                return Shape(config.GetProperty(key));
        }

        return null;
    }

    public static IReadOnlyList<int?>? Shape(JsonElement value) => value.ValueKind != JsonValueKind.Array ? null
        : [.. value.EnumerateArray().Select(d => d.ValueKind == JsonValueKind.Null ? (int?)null : Positive(d))];

    private static int Positive(JsonElement value)
    {
        var size = Whole(value);
        return size > 0 ? size : throw new KerasException("model_config_broken", "A shape in the configuration has a dimension below 1.");
    }

    private static int Whole(JsonElement value)
    {
        var number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
        return Math.Abs(number) <= MaxNumber
            ? (int)number
            : throw new KerasException(
                "model_config_broken", "The configuration has something else where a number belongs.");
    }

    private static bool IsKeras(string module) => module.StartsWith("keras", StringComparison.Ordinal)
        || module.StartsWith("tf_keras", StringComparison.Ordinal) || module.StartsWith("tensorflow", StringComparison.Ordinal);
}
