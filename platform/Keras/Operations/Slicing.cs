using System.Text.Json;
using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Operations;

/// <summary>NumPy indexing, <c>x[…]</c> with numbers, slices, an ellipsis and new axes; and taking along one axis.</summary>
internal static class Slicing
{
    public static Dictionary<string, Operation> Operations { get; } = new(StringComparer.Ordinal)
    {
        ["GetItem"] = c => [GetItem(c)],
        ["Take"] = c => [Take(c)],
    };

    private static Value GetItem(OperationCall call)
    {
        var (graph, x) = (call.Graph, call.Plain());
        List<JsonElement?> items = [.. Items(call)];
        var used = items.Count(i => !IsNewAxis(i) && !IsEllipsis(i));
        if (used > x.Rank || items.Count(IsEllipsis) > 1)
            throw call.Context.Unsupported($"its input has {x.Rank} dimensions and is asked for {used}");
        if (!items.Exists(IsEllipsis))
            items.Add(JsonDocument.Parse("""{"class_name":"__ellipsis__"}""").RootElement);
        var (name, shape, taken, added, axis) = (x.Name, new List<int?>(), new List<long>(), new List<long>(), 0);
        foreach (var item in items)
        {
            if (IsEllipsis(item))
            {
                shape.AddRange(x.Shape.Skip(axis).Take(x.Rank - used));
                axis += x.Rank - used;
            }
            else if (IsNewAxis(item))
            {
                added.Add(shape.Count);
                shape.Add(1);
            }
            else if (item is { ValueKind: JsonValueKind.Number } index)
            {
                var at = Numbers.Integer(call.Context, index);
                if (x.Shape[axis] is { } size && (at >= size || at < -size))
                    throw call.Context.Unsupported($"a dimension of {size} has no place {at}");
                name = graph.Slice(name, axis, at, at == -1 ? long.MaxValue : at + 1);
                taken.Add(axis++);
            }
            else
            {
                (name, var length) = Slice(call, name, x.Shape[axis], axis, item!.Value);
                shape.Add(length);
                axis++;
            }
        }

        if (taken.Count > 0)
            name = graph.Squeeze(name, [.. taken]);
        if (added.Count > 0)
            name = graph.Unsqueeze(name, [.. added]);
        return new Value(name, shape);
    }

    private static (string Name, int? Length) Slice(OperationCall call, string name, int? size, int axis, JsonElement item)
    {
        var config = item.TryGetProperty("config", out var inner) ? inner : item;
        int? Part(string key) =>
            config.ValueKind == JsonValueKind.Object && config.TryGetProperty(key, out var part) && part.ValueKind != JsonValueKind.Null
                ? Numbers.Integer(call.Context, part)
                : null;
        var (start, stop, step) = (Part("start"), Part("stop"), Part("step") ?? 1);
        if (start is null && stop is null && step == 1)
            return (name, size);
        if (step == 0)
            throw call.Context.Unsupported("a slice has a step of 0");
        var sliced = call.Graph.Slice(
            name, axis, start ?? (step > 0 ? 0 : long.MaxValue), stop ?? (step > 0 ? long.MaxValue : long.MinValue + 1), step);
        if (size is not { } known)
            return (sliced, null);
        var (from, to) = step > 0
            ? (Math.Clamp(FromEnd(start ?? 0, known), 0, known), Math.Clamp(FromEnd(stop ?? known, known), 0, known))
            : (Math.Clamp(FromEnd(start ?? known - 1, known), -1, known - 1),
                stop is { } said ? Math.Clamp(FromEnd(said, known), -1, known - 1) : -1);
        var length = Math.Max(0, ((to - from) + step - Math.Sign(step)) / step);
        return length > 0 ? (sliced, length) : throw call.Context.Unsupported("a slice leaves nothing");
    }

    private static int FromEnd(int index, int size) => index < 0 ? index + size : index;

    private static IEnumerable<JsonElement?> Items(OperationCall call)
    {
        var key = call.Call.Argument(1, "") ?? call.Call.Keyword("key") ?? call.Call.Keyword("slice_spec");
        return key switch
        {
            ListOperand list => list.Items.Select(Item),
            ConstantOperand { Json.ValueKind: JsonValueKind.Array } array => array.Json.EnumerateArray().Select(e => (JsonElement?)e),
            ConstantOperand one => [one.Json],
            _ => throw call.Context.Unsupported("what it is asked for is known only when it runs"),
        };

        JsonElement? Item(Operand operand) => operand switch
        {
            ConstantOperand constant => constant.Json,

            // A plain object {start, stop, step} was parsed as a list of its values.
            ListOperand { Items: [ConstantOperand start, ConstantOperand stop, ConstantOperand step] } =>
                JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement>(StringComparer.Ordinal)
                {
                    ["start"] = start.Json,
                    ["stop"] = stop.Json,
                    ["step"] = step.Json,
                }),
            _ => throw call.Context.Unsupported("what it is asked for is known only when it runs"),
        };
    }

    private static bool IsNewAxis(JsonElement? item) => item is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined };

    private static bool IsEllipsis(JsonElement? item) =>
        item is { ValueKind: JsonValueKind.Object } element
            && element.TryGetProperty("class_name", out var name)
            && name.ValueEquals("__ellipsis__");

    private static Value Take(OperationCall call)
    {
        var x = call.Plain("x", "params");
        var axis = x.Axis(call.Integer(2, 0, "axis"));
        if (call.Integers(1, "indices") is not { } indices || axis < 0 || axis >= x.Rank)
            throw call.Context.Unsupported("it takes places that are known beforehand, along one axis");
        if (x.Shape[axis] is { } size && Array.Exists(indices, i => i >= size || i < -size))
            throw call.Context.Unsupported($"a dimension of {size} does not have all the places it asks for");
        var one = call.Setting(1, "indices") is { ValueKind: JsonValueKind.Number };
        var places = one ? call.Graph.Integer(indices[0]) : call.Graph.Integers([.. indices.Select(i => (long)i)]);
        return new Value(
            call.Graph.Add("Gather", [x.Name, places], OnnxAttribute.Of("axis", (long)axis)),
            [.. x.Shape.Take(axis), .. one ? Array.Empty<int?>() : [indices.Length], .. x.Shape.Skip(axis + 1)]);
    }
}
