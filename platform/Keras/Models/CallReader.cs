using System.Text.Json;

namespace Siaga.Keras.Models;

/// <summary>Reads <c>inbound_nodes</c>: nested lists in Keras 2, objects with <c>args</c> and <c>kwargs</c> in Keras 3.</summary>
internal static class CallReader
{
    private const string Constant = "_CONSTANT_VALUE";

    public static IReadOnlyList<CallNode> Read(JsonElement layer)
    {
        if (!layer.TryGetProperty("inbound_nodes", out var nodes) || nodes.ValueKind != JsonValueKind.Array)
            return [];
        return [.. nodes.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Object ? ReadObject(n) : ReadList(n))];
    }

    /// <summary>Reads <c>input_layers</c> and <c>output_layers</c>: one, a list or an object of [name, node, tensor].</summary>
    public static IReadOnlyList<TensorReference> ReadEnds(JsonElement ends) => [.. Ends(ends)];

    private static IEnumerable<TensorReference> Ends(JsonElement ends) => ends.ValueKind switch
    {
        JsonValueKind.Array when Reference(ends) is { } reference => [reference],
        JsonValueKind.Array => ends.EnumerateArray().SelectMany(Ends),
        JsonValueKind.Object => ends.EnumerateObject().SelectMany(p => Ends(p.Value)),
        _ => throw new KerasException("model_config_broken", "The model's inputs or outputs cannot be read."),
    };

    private static CallNode ReadObject(JsonElement node)
    {
        IReadOnlyList<Argument> arguments = node.TryGetProperty("args", out var args) ? [.. args.EnumerateArray().Select(ReadKeras3)] : [];
        var keywords = new Dictionary<string, Argument>(StringComparer.Ordinal);
        if (node.TryGetProperty("kwargs", out var kwargs))
        {
            foreach (var keyword in kwargs.EnumerateObject())
                keywords[keyword.Name] = ReadKeras3(keyword.Value);
        }

        return new CallNode(arguments, keywords);
    }

    private static Argument ReadKeras3(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return new ListArgument([.. value.EnumerateArray().Select(ReadKeras3)]);
        if (value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("class_name", out var name)
            && name.ValueEquals("__keras_tensor__"))
            return Reference(value.GetProperty("config").GetProperty("keras_history"))
                ?? throw new KerasException("model_config_broken", "A call names no tensor.");
        if (value.ValueKind == JsonValueKind.Object && !value.TryGetProperty("class_name", out _))
            return new ListArgument([.. value.EnumerateObject().Select(p => ReadKeras3(p.Value))]);
        return new ConstantArgument(value);
    }

    /// <summary>Keras 2: a list of [layer, node, tensor, {keywords}], or one such entry when only the first argument is a tensor.</summary>
    private static CallNode ReadList(JsonElement node)
    {
        var keywords = new Dictionary<string, Argument>(StringComparer.Ordinal);
        if (IsEntry(node))
        {
            Keywords(node, keywords);
            return new CallNode([Entry(node)], keywords);
        }

        List<JsonElement> entries = [.. node.EnumerateArray()];
        foreach (var entry in entries.Where(IsEntry))
            Keywords(entry, keywords);
        List<Argument> items = [.. entries.Select(
            e => IsEntry(e) ? Entry(e) : throw new KerasException("model_config_broken", "A call of a layer cannot be read."))];
        return new CallNode([items.Count == 1 ? items[0] : new ListArgument(items)], keywords);
    }

    private static bool IsEntry(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is 3 or 4 && value[0].ValueKind == JsonValueKind.String;

    private static Argument Entry(JsonElement entry) =>
        entry[0].ValueEquals(Constant)
            ? new ConstantArgument(entry[2])
            : Reference(entry) ?? throw new KerasException("model_config_broken", "A call names no tensor.");

    private static void Keywords(JsonElement entry, Dictionary<string, Argument> keywords)
    {
        if (entry.GetArrayLength() < 4 || entry[3].ValueKind != JsonValueKind.Object)
            return;
        foreach (var keyword in entry[3].EnumerateObject())
            keywords.TryAdd(keyword.Name, ReadKeras2(keyword.Value));
    }

    private static Argument ReadKeras2(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return new ConstantArgument(value);
        if (IsEntry(value) && value[0].ValueEquals(Constant))
            return new ConstantArgument(value[2]);
        if (Reference(value) is { } reference)
            return reference;
        return value.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Array)
            ? new ListArgument([.. value.EnumerateArray().Select(ReadKeras2)])
            : new ConstantArgument(value);
    }

    private static TensorReference? Reference(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() >= 3 && value[0].ValueKind == JsonValueKind.String
        && value[1].ValueKind == JsonValueKind.Number && value[2].ValueKind == JsonValueKind.Number
        && value[1].TryGetInt32(out var node) && value[2].TryGetInt32(out var tensor)
            ? new TensorReference(value[0].GetString()!, node, tensor)
            : null;
}
