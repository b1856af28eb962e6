using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>Prepares masks for the layers that use them.</summary>
internal static class Masks
{
    /// <summary>The name of a mask of (batch, time) that fits an input; null when there is no mask.</summary>
    /// <exception cref="KerasException">The mask has another shape.</exception>
    public static string? Of(LayerContext context, Value? mask, Value input)
    {
        if (mask is null)
            return null;
        if (mask.Rank != 2 || input.Rank < 2 || (mask.Shape[1] is { } steps && input.Shape[1] is { } wanted && steps != wanted))
            throw context.Unsupported(
                $"a mask of ({string.Join(", ", mask.Shape.Select(d => d?.ToString() ?? "?"))}) does not fit an input of "
                + $"({string.Join(", ", input.Shape.Select(d => d?.ToString() ?? "?"))})");
        var plain = context.Graph.AsKeras(mask);
        return plain.Element == Element.Truth ? plain.Name : context.Graph.AsTruth(plain.Name);
    }
}

/// <summary>Masks steps whose features all equal one value, and sets them to zero.</summary>
[KerasNames("Masking")]
internal sealed class MaskingLayer : Layer
{
    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var (graph, x) = (context.Graph, context.Graph.AsKeras(call.Input));
        context.RequireRank(x, Math.Max(x.Rank, 3));
        var differs = graph.AsFloat(graph.Add("Not", [graph.Add("Equal", [x.Name, graph.Scalar(context.Config.Number("mask_value", 0))])]));
        var kept = graph.Reduce("ReduceMax", differs, true, -1);
        var masked = graph.Add("Mul", [x.Name, kept]);
        var mask = new Value(graph.AsTruth(graph.Squeeze(kept, -1)), [.. x.Leading]) { Element = Element.Truth };
        return [x with { Name = masked, Mask = mask }];
    }
}
