using System.Text.Json;
using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>
/// Normalises with the learned statistics: one multiplication and one addition per value, which <see cref="Models.Folding"/> merges into a
/// preceding convolution.
/// </summary>
[KerasNames("BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization")]
internal sealed class BatchNormalizationLayer : ElementwiseLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) =>
    [
        .. config.Flag("scale", true) ? [new Variable("gamma")] : Array.Empty<Variable>(),
        .. config.Flag("center", true) ? [new Variable("beta")] : Array.Empty<Variable>(),
        new("moving_mean", Trainable: false), new("moving_variance", Trainable: false),
    ];

    protected override Value Apply(LayerContext context, Value input)
    {
        var (graph, config) = (context.Graph, context.Config);
        if (config.Axes("axis", -1) is not [var axis] || input.Axis(axis) is var at && (at < 1 || at >= input.Rank))
            throw context.Unsupported("only normalisation over one axis is supported");
        var x = input.LyingAxis(axis) is null ? graph.AsKeras(input) : input;
        var (channels, next) = (x.Known(axis), 0);
        float[] gamma = config.Flag("scale", true) ? context.Weight(next++, channels).Values : [.. Enumerable.Repeat(1f, channels)];
        var beta = config.Flag("center", true) ? context.Weight(next++, channels).Values : new float[channels];
        var mean = context.Weight(next++, channels).Values;
        var variance = context.Weight(next, channels).Values;
        var epsilon = config.Number("epsilon", 1e-3f);
        var (scale, shift) = (new float[channels], new float[channels]);
        for (var c = 0; c < channels; c++)
        {
            scale[c] = gamma[c] / MathF.Sqrt(variance[c] + epsilon);
            shift[c] = beta[c] - (mean[c] * scale[c]);
        }

        // Size one for every dimension that follows the channels in memory.
        var lying = x.TimeFolded ? x.Rank - 1 : x.Rank;
        int[] shape = [channels, .. Enumerable.Repeat(1, lying - x.LyingAxis(axis)!.Value - 1)];
        var scaled = graph.Add("Mul", [x.Name, graph.Weights("scale", scale, shape)]);
        return x with { Name = graph.Add("Add", [scaled, graph.Weights("shift", shift, shape)]) };
    }
}

[KerasNames("LayerNormalization")]
internal sealed class LayerNormalizationLayer : ElementwiseLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) =>
    [
        .. config.Flag("scale", true) || config.Flag("rms_scaling") ? [new Variable("gamma")] : Array.Empty<Variable>(),
        .. config.Flag("center", true) && !config.Flag("rms_scaling") ? [new Variable("beta")] : Array.Empty<Variable>(),
    ];

    protected override Value Apply(LayerContext context, Value input)
    {
        var (graph, config) = (context.Graph, context.Config);
        var rms = config.Flag("rms_scaling");
        int[] axes = [.. config.Axes("axis", -1).Select(input.Axis).Order()];
        if (Array.Exists(axes, a => a < 1 || a >= input.Rank))
            throw context.Unsupported("its axes are not those of its input");

        // The positions of batch and time do not matter for the axes after them.
        var x = input.ChannelsFirst || axes[0] < 2 ? graph.AsKeras(input) : input;
        int[] sizes = [.. axes.Select(a => x.Known(a))];
        int[] spread = [.. Enumerable.Range(axes[0], x.Rank - axes[0]).Select(i => axes.Contains(i) ? x.Known(i) : 1)];
        float[] gamma = config.Flag("scale", true) || rms
            ? context.Weight(0, sizes).Values
            : [.. Enumerable.Repeat(1f, sizes.Aggregate(1, (a, b) => a * b))];
        var beta = config.Flag("center", true) && !rms ? context.Weight(context.Weights.Own.Count - 1, sizes).Values : null;
        var epsilon = config.Number("epsilon", 1e-3f);
        if (!rms && axes[0] == x.Rank - axes.Length)
        {
            List<string> inputs = [x.Name, graph.Weights("gamma", gamma, sizes)];
            if (beta is not null)
                inputs.Add(graph.Weights("beta", beta, sizes));
            return x with
            {
                Name = graph.Add(
                    "LayerNormalization", inputs,
                    OnnxAttribute.Of("axis", (long)x.LyingAxis(axes[0])!), OnnxAttribute.Of("epsilon", epsilon)),
            };
        }

        long[] over = [.. axes.Select(a => (long)x.LyingAxis(a)!)];
        var centred = graph.Add("Sub", [x.Name, graph.Reduce("ReduceMean", x.Name, true, over)]);
        var variance = graph.Reduce("ReduceMean", graph.Add("Mul", [centred, centred]), true, over);
        var deviation = graph.Add("Sqrt", [graph.Add("Add", [variance, graph.Scalar(epsilon)])]);
        var name = graph.Add("Mul", [graph.Add("Div", [rms ? x.Name : centred, deviation]), graph.Weights("gamma", gamma, spread)]);
        return x with { Name = beta is null ? name : graph.Add("Add", [name, graph.Weights("beta", beta, spread)]) };
    }
}

[KerasNames("RMSNormalization")]
internal sealed class RmsNormalizationLayer : ElementwiseLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => [new("scale")];

    protected override Value Apply(LayerContext context, Value input)
    {
        var (graph, x) = (context.Graph, context.Graph.AsKeras(input));
        int[] axes = [.. context.Config.Axes("axis", -1).Select(x.Axis).Order()];
        if (axes is not [var axis] || axis != x.Rank - 1)
            throw context.Unsupported("only normalisation over the last axis is supported");
        var square = graph.Reduce("ReduceMean", graph.Add("Mul", [x.Name, x.Name]), true, -1);
        var root = graph.Add("Sqrt", [graph.Add("Add", [square, graph.Scalar(context.Config.Number("epsilon", 1e-6f))])]);
        var scale = graph.Weights("scale", context.Weight(0, x.Known(-1)).Values, x.Known(-1));
        return x with { Name = graph.Add("Mul", [graph.Add("Div", [x.Name, root]), scale]) };
    }
}

[KerasNames("UnitNormalization")]
internal sealed class UnitNormalizationLayer : ElementwiseLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var (graph, x) = (context.Graph, context.Graph.AsKeras(input));
        long[] axes = [.. context.Config.Axes("axis", -1).Select(a => (long)x.Axis(a))];
        var square = graph.Reduce("ReduceSum", graph.Add("Mul", [x.Name, x.Name]), true, axes);
        return x with { Name = graph.Add("Div", [x.Name, graph.Add("Sqrt", [graph.Add("Max", [square, graph.Scalar(1e-12f)])])]) };
    }
}

[KerasNames("GroupNormalization")]
internal sealed class GroupNormalizationLayer : ElementwiseLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) =>
    [
        .. config.Flag("scale", true) ? [new Variable("gamma")] : Array.Empty<Variable>(),
        .. config.Flag("center", true) ? [new Variable("beta")] : Array.Empty<Variable>(),
    ];

    protected override Value Apply(LayerContext context, Value input)
    {
        var (graph, config) = (context.Graph, context.Config);
        var axis = input.Axis(config.Integer("axis", -1));

        if (axis < 1 || axis >= input.Rank)
            throw context.Unsupported("its axis is not one of its input's");

        // Groups are ranges of channels, so the channels must come before everything that is normalised with them.
        var x = axis == input.Rank - 1 ? graph.AsChannelsFirst(input) : graph.AsKeras(input);
        long[] order = x.ChannelsFirst
            ? [.. Enumerable.Range(0, x.Rank).Select(i => (long)i)]
            : [0, axis, .. Enumerable.Range(1, x.Rank - 1).Where(i => i != axis).Select(i => (long)i)];
        var lying = graph.Transpose(x.Name, order);
        var channels = x.Known(axis);
        var groups = config.Integer("groups", 32);
        groups = groups < 0 ? channels : groups;
        if (groups == 0 || channels % groups != 0)
            throw context.Unsupported($"{groups} groups do not divide {channels} channels");
        var grouped = graph.Reshape(lying, 0, groups, -1);
        var normal = graph.Add(
            "InstanceNormalization",
            [grouped, graph.Weights("ones", [.. Enumerable.Repeat(1f, groups)], groups), graph.Weights("zeros", new float[groups], groups)],
            OnnxAttribute.Of("epsilon", config.Number("epsilon", 1e-3f)));
        var name = graph.Add("Reshape", [normal, graph.Add("Shape", [lying])]);
        int[] shape = [channels, .. Enumerable.Repeat(1, x.Rank - 2)];
        if (config.Flag("scale", true))
            name = graph.Add("Mul", [name, graph.Weights("gamma", context.Weight(0, channels).Values, shape)]);
        if (config.Flag("center", true))
            name = graph.Add("Add", [name, graph.Weights("beta", context.Weight(context.Weights.Own.Count - 1, channels).Values, shape)]);
        return x with { Name = graph.Transpose(name, [.. order.Select((_, i) => (long)Array.IndexOf(order, i))]) };
    }
}

/// <summary>Normalises with statistics of the data that the model was adapted to: in the settings, or among the weights.</summary>
[KerasNames("Normalization")]
internal sealed class NormalizationLayer : ElementwiseLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) =>
        config.Has("mean") ? [] : [new("mean", Trainable: false), new("variance", Trainable: false), new("count", Trainable: false)];

    protected override Value Apply(LayerContext context, Value input)
    {
        var (graph, config, x) = (context.Graph, context.Config, context.Graph.AsKeras(input));
        int[] axes = config.Has("axis") ? [.. config.Axes("axis", -1).Select(x.Axis).Order()] : [];
        int[] spread = [.. Enumerable.Range(0, x.Rank).Select(i => axes.Contains(i) ? x.Known(i) : 1)];
        var count = spread.Aggregate(1, (a, b) => checked(a * b));
        var mean = config.Has("mean") ? Numbers(config["mean"], count) : context.Weight(0, [.. axes.Select(a => x.Known(a))]).Values;
        var variance = config.Has("mean")
            ? Numbers(config["variance"], count)
            : context.Weight(1, [.. axes.Select(a => x.Known(a))]).Values;
        if (mean.Length != count || variance.Length != count)
            throw context.Unsupported($"it has {mean.Length} means for {count} places");
        float[] deviation = [.. variance.Select(v => MathF.Max(MathF.Sqrt(v), 1e-7f))];
        var (m, d) = (graph.Weights("mean", mean, spread), graph.Weights("deviation", deviation, spread));
        return x with
        {
            Name = config.Flag("invert")
                ? graph.Add("Add", [graph.Add("Mul", [x.Name, d]), m])
                : graph.Add("Div", [graph.Add("Sub", [x.Name, m]), d]),
        };
    }

    /// <summary>Flattens numbers from nested lists; a single number is repeated.</summary>
    private static float[] Numbers(JsonElement value, int count)
    {
        float[] flat = [.. Flatten(value)];
        return flat.Length == 1 ? [.. Enumerable.Repeat(flat[0], count)] : flat;
    }

    private static IEnumerable<float> Flatten(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Flatten),
        JsonValueKind.Object
            when value.TryGetProperty("config", out var inner) && inner.TryGetProperty("value", out var numbers) => Flatten(numbers),
        _ => [value.GetSingle()],
    };
}

[KerasNames("Rescaling")]
internal sealed class RescalingLayer : ElementwiseLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var graph = context.Graph;
        var x = context.Config.Has("scale") && context.Config["scale"].ValueKind != JsonValueKind.Number
            || context.Config.Has("offset") && context.Config["offset"].ValueKind != JsonValueKind.Number
            ? graph.AsKeras(input) : input;
        var name = graph.Add("Mul", [x.Name, Factor(context, "scale", 1)]);
        return x with { Name = graph.Add("Add", [name, Factor(context, "offset", 0)]) };
    }

    private static string Factor(LayerContext context, string key, float otherwise)
    {
        if (!context.Config.Has(key))
            return context.Graph.Scalar(otherwise);
        var value = context.Config[key];
        if (value.ValueKind == JsonValueKind.Number)
            return context.Graph.Scalar(value.GetSingle());
        float[] numbers = [.. value.EnumerateArray().Select(v => v.GetSingle())];
        return context.Graph.Weights(key, numbers, numbers.Length);
    }
}
