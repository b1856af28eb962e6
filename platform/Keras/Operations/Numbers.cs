using System.Text.Json;
using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Operations;

/// <summary>Reads numbers in a configuration.</summary>
internal static class Numbers
{
    private const int MaxNumber = 1 << 28;

    public static float Single(LayerContext context, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetSingle(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => throw context.Unsupported("it has something else where a number belongs"),
    };

    public static int Integer(LayerContext context, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && Math.Abs(number) <= MaxNumber
            ? (int)number : throw context.Unsupported("it has something else where a whole number belongs");

    /// <summary>A list of integers, or a single one; None in a shape is -1.</summary>
    public static int[] Integers(LayerContext context, JsonElement value) => Unwrap(value) switch
    {
        { ValueKind: JsonValueKind.Array } list =>
            [.. list.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? -1 : Integer(context, v))],
        var one => [Integer(context, one)],
    };

    /// <summary>Unwraps the objects that Keras writes for tuples and arrays.</summary>
    public static JsonElement Unwrap(JsonElement value)
    {
        while (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("config", out var config))
            value = config.ValueKind == JsonValueKind.Object && config.TryGetProperty("value", out var inner) ? inner : config;
        return value;
    }
}

/// <summary>Converts constants of a call to tensors.</summary>
internal static class Constants
{
    private const int MaxCount = 1 << 24;

    public static Value Of(LayerContext context, JsonElement json)
    {
        var value = Numbers.Unwrap(json);
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return new Value(context.Graph.AsTruth(context.Graph.Scalar(value.GetBoolean() ? 1 : 0)), []) { Element = Element.Truth };
        var (numbers, shape) = (new List<float>(), new List<int>());
        Collect(context, value, 0, shape, numbers);
        return Of(context, numbers, shape);
    }

    /// <summary>A list of numbers as a tensor.</summary>
    public static Value Of(LayerContext context, IReadOnlyList<Operand> items)
    {
        var parts = items.Select(i => i switch
        {
            ConstantOperand constant => (Numbers: Flat(context, constant.Json, out var shape), Shape: shape),
            _ => throw context.Unsupported("it is called with a list of lists and tensors"),
        }).ToList();
        if (parts.Any(p => !p.Shape.SequenceEqual(parts[0].Shape)))
            throw context.Unsupported("a constant of it is not an array");
        return Of(context, [.. parts.SelectMany(p => p.Numbers)], [parts.Count, .. parts.Count > 0 ? parts[0].Shape : []]);
    }

    private static Value Of(LayerContext context, List<float> numbers, List<int> shape) => shape.Count == 0
        ? new Value(context.Graph.Scalar(numbers[0]), [])
        : new Value(context.Graph.Weights("constant", [.. numbers], [.. shape]), [.. shape.Select(s => (int?)s)]);

    private static List<float> Flat(LayerContext context, JsonElement json, out List<int> shape)
    {
        var numbers = new List<float>();
        shape = [];
        Collect(context, Numbers.Unwrap(json), 0, shape, numbers);
        return numbers;
    }

    private static void Collect(LayerContext context, JsonElement value, int depth, List<int> shape, List<float> numbers)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            if (depth != shape.Count || numbers.Count >= MaxCount)
                throw context.Unsupported("a constant of it is not an array, or too large");
            numbers.Add(Numbers.Single(context, value));
            return;
        }

        var length = value.GetArrayLength();
        if (depth == shape.Count && numbers.Count == 0)
            shape.Add(length);
        if (depth >= shape.Count || shape[depth] != length || length == 0)
            throw context.Unsupported("a constant of it is not an array");
        foreach (var item in value.EnumerateArray())
            Collect(context, item, depth + 1, shape, numbers);
    }
}
