using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

[KerasNames("BatchNormalization", "BatchNormalizationV1")]
internal sealed class BatchNormalizationLayer : Layer
{
    public override Value Apply(LayerContext context, Value input)
    {
        var (graph, config) = (context.Graph, context.Config);
        var axis = config.Integers("axis", 1, -1)[0];
        if (axis >= 0 ? axis != input.Rank - 1 : axis != -1)
            throw context.Unsupported($"an axis of {axis} is not supported yet");
        var (channels, next) = (input.Known(-1), 0);
        var gamma = config.Flag("scale", true) ? context.Weight(next++, channels).Values : [.. Enumerable.Repeat(1f, channels)];
        var beta = config.Flag("center", true) ? context.Weight(next++, channels).Values : new float[channels];
        var mean = context.Weight(next++, channels).Values;
        var variance = context.Weight(next, channels).Values;
        var epsilon = config.Number("epsilon", 1e-3f);

        // One multiplication and one addition a value: y = x * scale + shift.
        var scale = gamma.Zip(variance, (g, v) => g / MathF.Sqrt(v + epsilon)).ToArray();
        var shift = beta.Zip(mean, (b, m) => (b, m)).Zip(scale, (bm, s) => bm.b - (bm.m * s)).ToArray();
        var lying = input.TimeFolded ? input.Rank - 1 : input.Rank;
        int[] shape = input.ChannelsFirst && lying > 2 ? [channels, .. Enumerable.Repeat(1, lying - 2)] : [channels];
        var scaled = graph.Add("Mul", [input.Name, graph.Weights("scale", scale, shape)]);
        return input with { Name = graph.Add("Add", [scaled, graph.Weights("shift", shift, shape)]) };
    }
}
