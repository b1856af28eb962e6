using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>
/// Single-head attention without projections: multiplicative (Luong et al. 2015), or additive with a hyperbolic tangent (Bahdanau et al.
/// 2014). Inputs: [query, value] or [query, value, key], each (batch, steps, features).
/// </summary>
[KerasNames("Attention", "AdditiveAttention")]
internal sealed class AttentionLayer : Layer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) =>
    [
        .. config.Flag("use_scale", IsAdditive(config)) ? [new Variable("scale")] : Array.Empty<Variable>(),
        .. !IsAdditive(config) && config.Text("score_mode", "dot") == "concat"
            ? [new Variable("concat_score_weight")]
            : Array.Empty<Variable>(),
    ];

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var (graph, config) = (context.Graph, context.Config);
        if (call.Inputs.Count is < 2 or > 3)
            throw context.Unsupported("it takes a query and a value, and perhaps a key");
        var masks = Given(call);
        var (query, value) = (graph.AsKeras(call.Inputs[0]), graph.AsKeras(call.Inputs[1]));
        var key = call.Inputs.Count == 3 ? graph.AsKeras(call.Inputs[2]) : value;
        foreach (var input in (Value[])[query, value, key])
            context.RequireRank(input, 3);
        var queryMask = Masks.Of(context, masks.Query, query);
        var valueMask = Masks.Of(context, masks.Value, value);
        if (key.Shape[1] is { } keys && value.Shape[1] is { } values && keys != values)
            throw context.Unsupported($"it has {keys} keys and {values} values");
        if (query.Known(-1) != key.Known(-1))
            throw context.Unsupported($"its query has {query.Known(-1)} features and its key {key.Known(-1)}");
        var scores = Scores(context, query, key);
        var causal = config.Flag("causal") || call.Flag("use_causal_mask")
            ? AttentionMasks.Causal(graph, query.Name, 1, key.Name, 1)
            : null;
        var weights = AttentionMasks.Softmax(graph, scores, AttentionMasks.Of(graph, null, [valueMask], null, causal));
        var result = graph.Add("MatMul", [weights, value.Name]);
        if (queryMask is not null)
            result = graph.Add("Mul", [result, graph.Unsqueeze(graph.AsFloat(queryMask), 2)]);
        var output = new Value(result, [query.Shape[0], query.Shape[1], value.Shape[2]]) { Mask = masks.Query };
        return call.Flag("return_attention_scores")
            ? [output, new Value(weights, [query.Shape[0], query.Shape[1], key.Shape[1]])]
            : [output];
    }

    private static bool IsAdditive(LayerConfig config) => config.ClassName == "AdditiveAttention";

    /// <summary>The masks passed as a list, or those that came with the inputs.</summary>
    private static (Value? Query, Value? Value) Given(LayerCall call)
    {
        if (call.Keyword("mask") is ListOperand list)
            return (Mask(list, 0), Mask(list, 1));
        return (call.Inputs[0].Mask, call.Inputs[1].Mask);

        static Value? Mask(ListOperand list, int at) => at < list.Items.Count && list.Items[at] is TensorOperand mask ? mask.Value : null;
    }

    private static string Scores(LayerContext context, Value query, Value key)
    {
        var (graph, config) = (context.Graph, context.Config);
        var additive = IsAdditive(config);
        var scaled = config.Flag("use_scale", additive);
        var concat = config.Text("score_mode", "dot") == "concat";
        if (!additive && !concat)
        {
            var products = graph.Add("MatMul", [query.Name, graph.Transpose(key.Name, 0, 2, 1)]);
            return scaled ? graph.Add("Mul", [products, graph.Weights("scale", context.Weight(0).Values)]) : products;
        }

        // (batch, queries, 1, features) + (batch, 1, keys, features).
        var sums = graph.Add("Add", [graph.Unsqueeze(query.Name, 2), graph.Unsqueeze(key.Name, 1)]);
        if (additive)
        {
            var bent = graph.Add("Tanh", [sums]);
            var weighted = scaled
                ? graph.Add("Mul", [bent, graph.Weights("scale", context.Weight(0, query.Known(-1)).Values, query.Known(-1))])
                : bent;
            return graph.Reduce("ReduceSum", weighted, false, -1);
        }

        if (scaled)
            sums = graph.Add("Mul", [sums, graph.Weights("scale", context.Weight(0).Values)]);
        var weight = graph.Weights("weight", context.Weight(scaled ? 1 : 0).Values);
        return graph.Add("Mul", [graph.Reduce("ReduceSum", graph.Add("Tanh", [sums]), false, -1), weight]);
    }
}
