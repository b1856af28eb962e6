using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

internal static class RefAttention
{
    /// <summary>Attention and AdditiveAttention: query, value and optionally key.</summary>
    public static Nd Single(JsonObject config, RefWeights weights, IReadOnlyList<Nd> inputs, bool additive)
    {
        var (query, value, key) = (inputs[0], inputs[1], inputs.Count > 2 ? inputs[2] : inputs[1]);
        var features = query.Shape[^1];
        var scale =
            !config.Flag("use_scale", additive) ? Nd.Filled(1, 1) : additive ? weights.Get("scale", features) : weights.Get("scale", []);
        var concat = !additive && config.Text("score_mode", "dot") == "concat";
        var weight = concat ? weights.Get("concat_score_weight", []).Data[0] : 1;
        var scores = Nd.Of([query.Shape[0], query.Shape[1], key.Shape[1]], i =>
        {
            var sum = 0.0;
            for (var f = 0; f < features; f++)
            {
                var (q, k) = (query.At(i[0], i[1], f), key.At(i[0], i[2], f));
                sum += additive
                    ? scale.Data[f % scale.Data.Length] * Math.Tanh(q + k)
                    : concat
                    ? weight * Math.Tanh(scale.Data[0] * (q + k))
                    : scale.Data[0] * q * k;
            }

            return inputs[1].Mask is { } mask && mask.At(i[0], i[2]) == 0 ? (float)(sum - 1e9) : sum;
        });
        var shares = RefActivations.Softmax(scores, [-1]);
        var result = Nd.Of(
            [query.Shape[0], query.Shape[1], value.Shape[2]],
            i => Enumerable.Range(0, value.Shape[1]).Sum(t => shares.At(i[0], i[1], t) * value.At(i[0], t, i[2])));
        return query.Mask is { } own ? (result * own.Reshape([.. own.Shape, 1])) with { Mask = own } : result;
    }

    /// <summary>MultiHeadAttention over the steps of (batch, steps, features).</summary>
    public static Nd Many(JsonObject config, RefWeights weights, Nd query, Nd value, Nd key, bool causal)
    {
        var (heads, size) = (config.Int("num_heads"), config.Int("key_dim"));
        var depth = config.Int("value_dim", size);
        var useBias = config.Flag("use_bias", true);
        var q = Projected(weights.Part("query"), query, heads, size);
        var k = Projected(weights.Part("key"), key, heads, size);
        var v = Projected(weights.Part("value"), value, heads, depth);
        var scores = Nd.Of([query.Shape[0], heads, query.Shape[1], key.Shape[1]], i =>
        {
            var sum = Enumerable.Range(0, size).Sum(d => q.At(i[0], i[2], i[1], d) * k.At(i[0], i[3], i[1], d)) / Math.Sqrt(size);
            var hidden = (causal && i[3] > i[2])
                || value.Mask?.At(i[0], i[3]) == 0
                || (key != value && key.Mask?.At(i[0], i[3]) == 0)
                || query.Mask?.At(i[0], i[2]) == 0;
            return hidden ? (float)(sum - 1e9) : sum;
        });
        var shares = RefActivations.Softmax(scores, [-1]);
        var mixed = Nd.Of(
            [query.Shape[0], query.Shape[1], heads, depth],
            i => Enumerable.Range(0, value.Shape[1]).Sum(t => shares.At(i[0], i[2], i[1], t) * v.At(i[0], t, i[2], i[3])));
        var last = config["output_shape"] is null ? query.Shape[^1] : config.Ints("output_shape")[0];
        var kernel = weights.Part("attention_output").Get("kernel", heads, depth, last);
        var result = Nd.MatMul(mixed.Reshape(query.Shape[0], query.Shape[1], heads * depth), kernel.Reshape(heads * depth, last));
        return useBias ? result + weights.Part("attention_output").Get("bias", last) : result;

        Nd Projected(RefWeights part, Nd x, int count, int units)
        {
            var projected = Nd.MatMul(x, part.Get("kernel", x.Shape[^1], count, units));
            return useBias ? projected + part.Get("bias", count, units) : projected;
        }
    }
}
