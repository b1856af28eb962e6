using System.Text.Json;
using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>An argument of a layer's call: a tensor, a list, or a constant from the configuration.</summary>
internal abstract record Operand
{
    /// <summary>All tensors in it, in order.</summary>
    public IEnumerable<Value> Tensors => this switch
    {
        TensorOperand tensor => [tensor.Value],
        ListOperand list => list.Items.SelectMany(i => i.Tensors),
        _ => [],
    };
}

internal sealed record TensorOperand(Value Value) : Operand;

internal sealed record ListOperand(IReadOnlyList<Operand> Items) : Operand;

internal sealed record ConstantOperand(JsonElement Json) : Operand
{
    public bool IsNull => Json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;
}

/// <summary>One call of a layer.</summary>
internal sealed record LayerCall(IReadOnlyList<Operand> Arguments, IReadOnlyDictionary<string, Operand> Keywords)
{
    private static readonly Dictionary<string, Operand> s_noKeywords = new(StringComparer.Ordinal);

    /// <summary>The tensors of the first argument.</summary>
    public IReadOnlyList<Value> Inputs => Arguments.Count == 0 ? [] : [.. Arguments[0].Tensors];

    public Value Input => Inputs.Count > 0 ? Inputs[0] : throw new KerasException("layer_call", "A layer is called without an input.");

    public static LayerCall Of(Value input) => new([new TensorOperand(input)], s_noKeywords);

    public static LayerCall Of(IReadOnlyList<Value> inputs) =>
        inputs.Count == 1 ? Of(inputs[0]) : new([new ListOperand([.. inputs.Select(i => new TensorOperand(i))])], s_noKeywords);

    /// <summary>The same call with boolean arguments converted to 0 and 1. Keyword arguments (masks) stay as they are.</summary>
    public LayerCall InFloats(OnnxGraph graph)
    {
        return Arguments.SelectMany(a => a.Tensors).All(t => t.Element == Element.Float)
            ? this
            : this with { Arguments = [.. Arguments.Select(Floats)] };

        Operand Floats(Operand operand) => operand switch
        {
            TensorOperand { Value: { Element: Element.Truth } truth } => new TensorOperand(
                truth with { Name = graph.AsFloat(truth.Name), Element = Element.Float }),
            ListOperand list => new ListOperand([.. list.Items.Select(Floats)]),
            _ => operand,
        };
    }

    /// <summary>An argument by position or name; null when it is omitted or None.</summary>
    public Operand? Argument(int index, string name)
    {
        var found = index >= 0 && index < Arguments.Count ? Arguments[index] : Keywords.GetValueOrDefault(name);
        return found is ConstantOperand { IsNull: true } ? null : found;
    }

    public Operand? Keyword(string name) => Argument(-1, name);

    public bool Flag(string name) => Keyword(name) is ConstantOperand { Json.ValueKind: JsonValueKind.True };

    /// <summary>The mask passed as a keyword argument, otherwise the one that came with the input.</summary>
    public Value? Mask => Keyword("mask") is TensorOperand mask ? mask.Value : Input.Mask;
}
