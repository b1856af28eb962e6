using System.Text.Json;
using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Operations;

/// <summary>One call of an operation between layers: its tensors and settings, wherever Keras or TensorFlow stored them.</summary>
internal sealed class OperationCall(LayerContext context, LayerCall call)
{
    public LayerContext Context => context;

    public OnnxGraph Graph => context.Graph;

    public LayerCall Call => call;

    /// <summary>A tensor by position or by one of its names, in its current layout; numbers and lists become constants.</summary>
    public Value Operand(int index, params ReadOnlySpan<string> names) => OperandOrNull(index, names)
        ?? throw context.Unsupported($"it is called without '{(names.Length > 0 ? names[0] : "x")}'");

    /// <summary>As <see cref="Operand"/>, but null when it is omitted.</summary>
    public Value? OperandOrNull(int index, params ReadOnlySpan<string> names) => Find(index, names) switch
    {
        TensorOperand tensor => tensor.Value,
        ConstantOperand constant => Constants.Of(context, constant.Json),
        ListOperand { Items: [TensorOperand only] } => only.Value,
        ListOperand list when !list.Tensors.Any() => Constants.Of(context, list.Items),
        null => null,
        _ => throw context.Unsupported("it is called with a list where a tensor belongs"),
    };

    /// <summary>The first tensor, in Keras's layout, as floats.</summary>
    public Value Plain(params ReadOnlySpan<string> names) =>
        Floats(Graph.AsKeras(Operand(0, names.Length == 0 ? ["x", "a", "input", "input_tensor", "tensor", "inputs"] : names)));

    /// <summary>All tensors of the list in the first argument.</summary>
    public IReadOnlyList<Value> Many(params ReadOnlySpan<string> names) => Find(0, names) is { } list ? [.. list.Tensors] : [];

    public Value Floats(Value value) =>
        value.Element == Element.Float ? value : value with { Name = Graph.AsFloat(value.Name), Element = Element.Float };

    public Value Truths(Value value) =>
        value.Element == Element.Truth ? value : value with { Name = Graph.AsTruth(value.Name), Element = Element.Truth };

    /// <summary>A plain value by position, by name, or from the layer's settings; null when it is omitted or None.</summary>
    public JsonElement? Setting(int index, params ReadOnlySpan<string> names)
    {
        if (Find(index, names) is ConstantOperand { IsNull: false } constant)
            return constant.Json;
        foreach (var name in names)
        {
            if (context.Config.Has(name))
                return context.Config[name];
        }

        return null;
    }

    public float Number(int index, float otherwise, params ReadOnlySpan<string> names) =>
        Setting(index, names) is { } value ? Numbers.Single(context, value) : otherwise;

    public bool Flag(int index, params ReadOnlySpan<string> names) => Setting(index, names) is { ValueKind: JsonValueKind.True };

    public int Integer(int index, int otherwise, params ReadOnlySpan<string> names) =>
        Setting(index, names) is { } value ? Numbers.Integer(context, value) : otherwise;

    /// <summary>A list of integers, or a single one; null when it is omitted.</summary>
    public int[]? Integers(int index, params ReadOnlySpan<string> names)
    {
        if (Find(index, names) is ListOperand list)
            return [.. list.Items.Select(i => i is ConstantOperand c ? Numbers.Integer(context, c.Json) : throw context.Unsupported(
                "a list that is known only when it runs is not supported"))];
        return Setting(index, names) is { } value ? Numbers.Integers(context, value) : null;
    }

    /// <summary>The axes of a value as sorted non-negative indices; null when all axes are meant.</summary>
    public int[]? Axes(Value x, int index, params ReadOnlySpan<string> names)
    {
        if (Integers(index, names) is not { } axes)
            return null;
        int[] found = [.. axes.Select(a => a < 0 ? a + x.Rank : a).Distinct().Order()];
        return found.All(a => a >= 0 && a < x.Rank)
            ? found
            : throw context.Unsupported($"its input has {x.Rank} dimensions, among which are not all of its axes");
    }

    private Operand? Find(int index, ReadOnlySpan<string> names)
    {
        if (index >= 0 && index < call.Arguments.Count)
            return call.Argument(index, "");
        foreach (var name in names)
        {
            if (call.Keyword(name) is { } found)
                return found;
        }

        return null;
    }
}
