using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>Steps that are all one value are masked, and become zero.</summary>
[KerasNames("Masking")]
internal sealed class MaskingLayer : Layer
{
    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var (graph, x) = (context.Graph, context.Graph.AsKeras(call.Input));
        context.RequireRank(x, Math.Max(x.Rank, 3));
        var differs = graph.AsFloat(graph.Add("Not", [graph.Add("Equal", [x.Name, graph.Scalar(context.Config.Number("mask_value", 0))])]));
        var kept = graph.Reduce("ReduceMax", differs, true, -1);
        return [x with { Name = graph.Add("Mul", [x.Name, kept]), Mask = graph.AsTruth(graph.Squeeze(kept, -1)) }];
    }
}
