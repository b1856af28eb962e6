using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>A layer that treats every number the same and passes masks on.</summary>
internal abstract class ElementwiseLayer : UnaryLayer
{
    protected override bool KeepsMask => true;
}

[KerasNames("Activation")]
internal sealed class ActivationLayer : ElementwiseLayer
{
    protected override Value Apply(LayerContext context, Value input) => Activations.Apply(context, "activation", input);
}

[KerasNames("ReLU")]
internal sealed class ReluLayer : ElementwiseLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var (graph, config) = (context.Graph, context.Config);
        var (slope, threshold) = (config.Number("negative_slope", 0), config.Number("threshold", 0));
        float? most = config.Has("max_value") ? config.Number("max_value", 0) : null;
        return input with { Name = Of(graph, input.Name, slope, threshold, most) };
    }

    /// <summary>As <c>keras.activations.relu</c>: slope * (x - threshold) below the threshold, x above it, at most the maximum.</summary>
    public static string Of(OnnxGraph graph, string x, float slope, float threshold, float? most)
    {
        string result;
        if (threshold == 0)
        {
            result = slope == 0 ? graph.Add("Relu", [x]) : Activations.LeakyRelu(graph, x, slope);
        }
        else
        {
            var limit = graph.Scalar(threshold);
            var below = slope == 0 ? graph.Scalar(0) : graph.Add("Mul", [graph.Add("Sub", [x, limit]), graph.Scalar(slope)]);
            result = graph.Add("Where", [graph.Add("GreaterOrEqual", [x, limit]), x, below]);
        }

        return most is { } cap ? graph.Add("Min", [result, graph.Scalar(cap)]) : result;
    }
}

[KerasNames("LeakyReLU")]
internal sealed class LeakyReluLayer : ElementwiseLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var slope = context.Config.Number("negative_slope", context.Config.Number("alpha", 0.3f));
        return input with { Name = Activations.LeakyRelu(context.Graph, input.Name, slope) };
    }
}

[KerasNames("ELU")]
internal sealed class EluLayer : ElementwiseLayer
{
    protected override Value Apply(LayerContext context, Value input) =>
        input with { Name = context.Graph.Add("Elu", [input.Name], OnnxAttribute.Of("alpha", context.Config.Number("alpha", 1))) };
}

[KerasNames("ThresholdedReLU")]
internal sealed class ThresholdedReluLayer : ElementwiseLayer
{
    protected override Value Apply(LayerContext context, Value input) =>
        input with
        {
            Name = context.Graph.Add("ThresholdedRelu", [input.Name], OnnxAttribute.Of("alpha", context.Config.Number("theta", 1))),
        };
}

[KerasNames("PReLU")]
internal sealed class PReluLayer : ElementwiseLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => [new("alpha")];

    protected override Value Apply(LayerContext context, Value input)
    {
        // One slope per position, shared along some dimensions, so it must broadcast against Keras's layout.
        var x = context.Graph.AsKeras(input);
        int[] shared = context.Config.Has("shared_axes") ? context.Config.Axes("shared_axes", 0) : [];
        int[] shape = [.. Enumerable.Range(1, x.Rank - 1).Select(i => shared.Contains(i) ? 1 : x.Known(i))];
        var slope = context.Graph.Weights("alpha", context.Weight(0, shape).Values, shape);
        return x with { Name = context.Graph.Add("PRelu", [x.Name, slope]) };
    }
}

[KerasNames("Softmax")]
internal sealed class SoftmaxLayer : Layer
{
    protected override bool KeepsMask => true;

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var (graph, input) = (context.Graph, call.Input with { Mask = null });
        if (call.Argument(1, "mask") is TensorOperand mask)
        {
            // As in Keras: masked values are lowered by a billion.
            input = graph.AsKeras(input);
            var lowered = graph.Add(
                "Mul", [graph.Add("Sub", [graph.Scalar(1), graph.AsFloat(graph.AsKeras(mask.Value).Name)]), graph.Scalar(-1e9f)]);
            input = input with { Name = graph.Add("Add", [input.Name, lowered]) };
        }

        var axes = context.Config.Axes("axis", -1);
        if (axes.Length == 1)
            return [Activations.OverAxis(context, "Softmax", input, axes[0])];
        var x = graph.AsKeras(input);
        long[] over = [.. axes.Select(a => (long)x.Axis(a))];
        var exponentials = graph.Add("Exp", [graph.Add("Sub", [x.Name, graph.Reduce("ReduceMax", x.Name, true, over)])]);
        return [x with { Name = graph.Add("Div", [exponentials, graph.Reduce("ReduceSum", exponentials, true, over)]) }];
    }
}

/// <summary>Layers that are active only during training.</summary>
[KerasNames(
    "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianNoise", "GaussianDropout", "AlphaDropout",
    "ActivityRegularization", "Identity",
    "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness", "RandomHeight", "RandomWidth",
    "RandomShear", "RandomHue", "RandomSaturation", "RandomSharpness", "RandomPosterization", "RandomColorJitter",
    "RandomColorDegeneration", "RandomGrayscale", "RandomErasing", "RandomInvert", "RandomGaussianBlur", "RandomPerspective",
    "RandomElasticTransform", "RandAugment", "AugMix", "MixUp", "CutMix", "Solarization")]
internal sealed class TrainingOnlyLayer : ElementwiseLayer
{
    protected override Value Apply(LayerContext context, Value input) => input;
}
