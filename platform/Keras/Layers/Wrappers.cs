using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>The inner layer, or model, at each step: time is folded into the batch, no loop is made.</summary>
[KerasNames("TimeDistributed")]
internal sealed class TimeDistributedLayer : Layer
{
    public override Value Apply(LayerContext context, Value input)
    {
        var inner = LayerConfig.Of(context.Config["layer"]);
        var folded = context.Graph.FoldTime(input);
        var output = Of(inner).Apply(context with { Config = inner }, folded);
        return Layouts.UnfoldTime(output, input.Shape[0], input.Shape[1]);
    }
}

[KerasNames("Bidirectional")]
internal sealed class BidirectionalLayer : Layer
{
    public override Value Apply(LayerContext context, Value input)
    {
        var inner = LayerConfig.Of(context.Config["layer"]);
        if (inner.ClassName != "LSTM")
            throw context.Unsupported($"Bidirectional over '{inner.ClassName}' is not supported yet");
        var x = context.Graph.AsKeras(input);
        var (units, features, half) = (inner.Integer("units", 0), x.Known(-1), context.Weights.Count / 2);
        var forward = context with { Config = inner, Weights = [.. context.Weights.Take(half)] };
        var backward = forward with { Weights = [.. context.Weights.Skip(half)] };
        var result = LstmLayer.Operator(
            forward, x, units, "bidirectional", [LstmWeights.Of(forward, features, units), LstmWeights.Of(backward, features, units)]);
        var sequences = inner.Flag("return_sequences");

        // (steps, 2, batch, units) or (2, batch, units): the two directions as two tensors.
        var (all, axis) = sequences ? (result[0], 1) : (result[1], 0);
        var ahead = Direction(context, all, axis, 0, sequences);
        var back = Direction(context, all, axis, 1, sequences);
        return Merge(context, ahead, back, [x.Shape[0], .. sequences ? [x.Shape[1]] : Array.Empty<int?>()], units);
    }

    private static string Direction(LayerContext context, string all, int axis, int index, bool sequences)
    {
        var graph = context.Graph;
        var part = graph.Add("Slice", [all, graph.Integers(index), graph.Integers(index + 1), graph.Integers(axis)]);
        var one = LstmLayer.Squeeze(context, part, axis);
        return sequences ? graph.Add("Transpose", [one], OnnxAttribute.Of("perm", 1L, 0L, 2L)) : one;
    }

    private static Value Merge(LayerContext context, string ahead, string back, IReadOnlyList<int?> leading, int units)
    {
        var graph = context.Graph;
        return context.Config.Text("merge_mode", "") switch
        {
            "concat" => new Value(graph.Add("Concat", [ahead, back], OnnxAttribute.Of("axis", -1L)), [.. leading, 2 * units]),
            "sum" => new Value(graph.Add("Add", [ahead, back]), [.. leading, units]),
            "mul" => new Value(graph.Add("Mul", [ahead, back]), [.. leading, units]),
            "ave" => new Value(graph.Add("Mul", [graph.Add("Add", [ahead, back]), graph.Scalar(0.5f)]), [.. leading, units]),
            var other => throw context.Unsupported($"the merge mode '{other}' is not supported yet"),
        };
    }
}
