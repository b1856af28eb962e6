using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

internal static class RefNormalisations
{
    public static Nd Batch(JsonObject config, RefWeights weights, Nd x)
    {
        int[] axes = [.. config.Ints("axis", 1, -1).Select(x.Axis)];
        int[] shape = [.. axes.Select(a => x.Shape[a])];
        int[] wide = [.. x.Shape.Select((s, d) => axes.Contains(d) ? s : 1)];
        var gamma = config.Flag("scale", true) ? weights.Get("gamma", true, 0.5, 1.5, shape) : Nd.Filled(1, shape);
        var beta = config.Flag("center", true) ? weights.Get("beta", shape) : Nd.Zeros(shape);
        var mean = weights.Get("moving_mean", false, -0.5, 0.5, shape);
        var variance = weights.Get("moving_variance", false, 0.4, 1.6, shape);
        var epsilon = config.Real("epsilon", 1e-3);
        return ((x - mean.Reshape(wide)) / variance.Reshape(wide).Map(v => Math.Sqrt(v + epsilon)) * gamma.Reshape(wide))
            + beta.Reshape(wide);
    }

    public static Nd Layer(JsonObject config, RefWeights weights, Nd x)
    {
        int[] axes = [.. config.Ints("axis", 1, -1).Select(x.Axis)];
        int[] shape = [.. axes.Select(a => x.Shape[a])];
        int[] wide = [.. x.Shape.Select((s, d) => axes.Contains(d) ? s : 1)];
        var epsilon = config.Real("epsilon", 1e-3);
        var gamma = config.Flag("scale", true) ? weights.Get("gamma", true, 0.5, 1.5, shape) : Nd.Filled(1, shape);
        var beta = config.Flag("center", true) ? weights.Get("beta", shape) : Nd.Zeros(shape);
        return (Standard(x, axes, epsilon) * gamma.Reshape(wide)) + beta.Reshape(wide);
    }

    public static Nd Group(JsonObject config, RefWeights weights, Nd x)
    {
        var axis = x.Axis(config.Int("axis", -1));
        var channels = x.Shape[axis];
        var groups = config.Int("groups", 32) is -1 ? channels : config.Int("groups", 32);
        int[] split = [.. x.Shape[..axis], groups, channels / groups, .. x.Shape[(axis + 1)..]];
        int[] over = [.. Enumerable.Range(1, x.Rank).Where(d => d != axis)];
        int[] wide = [.. x.Shape.Select((s, d) => d == axis ? s : 1)];
        var gamma = config.Flag("scale", true) ? weights.Get("gamma", true, 0.5, 1.5, channels).Reshape(wide) : Nd.Filled(1, wide);
        var beta = config.Flag("center", true) ? weights.Get("beta", channels).Reshape(wide) : Nd.Zeros(wide);
        return (Standard(x.Reshape(split), over, config.Real("epsilon", 1e-3)).Reshape(x.Shape) * gamma) + beta;
    }

    /// <summary>Normalises to length one; the length is at least the square root of 1e-12.</summary>
    public static Nd Unit(int[] axes, Nd x) => x / x.Reduce(axes, true, v => Math.Sqrt(Math.Max(v.Sum(n => n * n), 1e-12)));

    public static Nd RootMeanSquare(JsonObject config, RefWeights weights, Nd x)
    {
        int[] axes = [.. config.Ints("axis", 1, -1).Select(x.Axis)];
        int[] wide = [.. x.Shape.Select((s, d) => axes.Contains(d) ? s : 1)];
        var scale = weights.Get("scale", true, 0.5, 1.5, [.. axes.Select(a => x.Shape[a])]).Reshape(wide);
        var epsilon = config.Real("epsilon", 1e-6);
        return x / x.Reduce(axes, true, v => Math.Sqrt(v.Average(n => n * n) + epsilon)) * scale;
    }

    public static Nd Known(JsonObject config, Nd x)
    {
        var mean = Constants(config["mean"]!);
        var deviation = Constants(config["variance"]!).Map(v => Math.Max(Math.Sqrt(v), 1e-7));
        return config.Flag("invert") ? mean + (x * deviation) : (x - mean) / deviation;
    }

    private static Nd Constants(JsonNode node)
    {
        while (node is JsonArray { Count: > 0 } outer && outer[0] is JsonArray inner)
            node = inner;
        return node is JsonArray list ? new Nd([list.Count], [.. list.Select(n => Json.Number(n!))]) : new Nd([1], [Json.Number(node)]);
    }

    private static Nd Standard(Nd x, int[] axes, double epsilon)
    {
        var centred = x - x.Reduce(axes, true, v => v.Average());
        return centred / centred.Reduce(axes, true, v => Math.Sqrt(v.Average(n => n * n) + epsilon));
    }
}
