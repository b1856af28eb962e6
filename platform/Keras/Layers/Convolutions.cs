using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>A convolution over one, two or three spatial dimensions; the class name says how many.</summary>
internal abstract class ConvolutionLayer : UnaryLayer
{
    protected static int Dimensions(LayerConfig config) =>
        config.ClassName.Contains("1D", StringComparison.Ordinal) ? 1 : config.ClassName.Contains("3D", StringComparison.Ordinal) ? 3 : 2;

    protected static IEnumerable<Variable> Bias(LayerConfig config) => config.Flag("use_bias", true) ? [new Variable("bias")] : [];

    /// <summary>Keras (spatial …, a, b) to ONNX (b, a, spatial …).</summary>
    protected static float[] LastFirst(float[] kernel, int area, int a, int b)
    {
        var turned = new float[kernel.Length];
        for (var at = 0; at < area; at++)
        {
            for (var i = 0; i < a; i++)
            {
                for (var o = 0; o < b; o++)
                    turned[(((o * a) + i) * area) + at] = kernel[(((at * a) + i) * b) + o];
            }
        }

        return turned;
    }

    protected static int Area(int[] sizes) => sizes.Aggregate(1, (a, b) => checked(a * b));

    protected static Value Convolve(
        LayerContext context, Spatial x, float[] kernel, int[] kernelSize, int filters, int groups, string? bias)
    {
        var dimensions = kernelSize.Length;
        var (strides, dilations) = (context.Config.Sizes("strides", dimensions, 1), context.Config.Sizes("dilation_rate", dimensions, 1));
        var (sizes, pads) = Windows.SlideAll(context, x, kernelSize, strides, dilations);
        if (groups == 1 && Array.TrueForAll(strides, s => s == 1) && FewFilters.Pays(x.Channels, filters, kernelSize))
            return x.With(
                FewFilters.Convolve(
                    context.Graph, x, kernel, kernelSize, filters, dilations, FewFilters.Pads(context, x, kernelSize, dilations), bias),
                sizes,
                filters);
        List<string> inputs = [x.Name, context.Graph.Weights("kernel", kernel, [filters, x.Channels / groups, .. kernelSize])];
        if (bias is not null)
            inputs.Add(bias);
        var name = context.Graph.Add(
            "Conv", inputs, Windows.Longs("kernel_shape", kernelSize), Windows.Longs("strides", strides),
            Windows.Longs("dilations", dilations), pads,
            OnnxAttribute.Of("group", (long)groups));
        return x.With(name, sizes, filters);
    }

    protected static string? BiasOf(LayerContext context, int index, int filters) =>
        context.Config.Flag("use_bias", true) ? context.Graph.Weights("bias", context.Weight(index, filters).Values, filters) : null;
}

[KerasNames("Conv1D", "Conv2D", "Conv3D", "Convolution1D", "Convolution2D", "Convolution3D")]
internal sealed class PlainConvolutionLayer : ConvolutionLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => [new("kernel"), .. Bias(config)];

    protected override Value Apply(LayerContext context, Value input)
    {
        var dimensions = Dimensions(context.Config);
        var x = Spatial.Of(context, input, dimensions);
        var size = context.Config.Sizes("kernel_size", dimensions, 1);
        var (filters, groups) = (context.Config.Size("filters"), Math.Max(1, context.Config.Integer("groups", 1)));
        if (x.Channels % groups != 0 || filters % groups != 0)
            throw context.Unsupported($"{groups} groups do not divide its {x.Channels} channels and {filters} filters");
        var kernel = context.Weight(0, [.. size, x.Channels / groups, filters]);
        var output = Convolve(
            context, x, LastFirst(kernel.Values, Area(size), x.Channels / groups, filters), size, filters, groups,
            BiasOf(context, 1, filters));
        return Activations.Apply(context, "activation", output);
    }
}

[KerasNames("DepthwiseConv1D", "DepthwiseConv2D")]
internal sealed class DepthwiseConvolutionLayer : ConvolutionLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => [new("depthwise_kernel"), .. Bias(config)];

    protected override Value Apply(LayerContext context, Value input)
    {
        var dimensions = Dimensions(context.Config);
        var x = Spatial.Of(context, input, dimensions);
        var size = context.Config.Sizes("kernel_size", dimensions, 1);
        var filters = checked(x.Channels * Math.Max(1, context.Config.Integer("depth_multiplier", 1)));
        var kernel = context.Weight(0, [.. size, x.Channels, filters / x.Channels]);
        var output = Convolve(
            context, x, LastFirst(kernel.Values, Area(size), 1, filters), size, filters, x.Channels, BiasOf(context, 1, filters));
        return Activations.Apply(context, "activation", output);
    }
}

/// <summary>A depthwise convolution, then one across channels. Strides and dilation apply to the first.</summary>
[KerasNames("SeparableConv1D", "SeparableConv2D", "SeparableConvolution1D", "SeparableConvolution2D")]
internal sealed class SeparableConvolutionLayer : ConvolutionLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) =>
        [new("depthwise_kernel"), new("pointwise_kernel"), .. Bias(config)];

    protected override Value Apply(LayerContext context, Value input)
    {
        var dimensions = Dimensions(context.Config);
        var x = Spatial.Of(context, input, dimensions);
        var size = context.Config.Sizes("kernel_size", dimensions, 1);
        var (between, filters) =
            (checked(x.Channels * Math.Max(1, context.Config.Integer("depth_multiplier", 1))), context.Config.Size("filters"));
        var depthwise = context.Weight(0, [.. size, x.Channels, between / x.Channels]);
        int[] one = [.. Enumerable.Repeat(1, dimensions)];
        var pointwise = context.Weight(1, [.. one, between, filters]);
        var middle = Convolve(context, x, LastFirst(depthwise.Values, Area(size), 1, between), size, between, x.Channels, bias: null);
        List<string> inputs =
            [middle.Name, context.Graph.Weights("pointwise", LastFirst(pointwise.Values, 1, between, filters), [filters, between, .. one])];
        if (BiasOf(context, 2, filters) is { } bias)
            inputs.Add(bias);
        var output = x.With(
            context.Graph.Add("Conv", inputs), x.KerasChannelsFirst ? middle.Shape.Skip(2) : middle.Shape.Skip(1).SkipLast(1), filters);
        return Activations.Apply(context, "activation", output);
    }
}

/// <summary>The gradient of a convolution, with TensorFlow's definition of the output size.</summary>
[KerasNames(
    "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose", "Convolution1DTranspose", "Convolution2DTranspose", "Convolution3DTranspose")]
internal sealed class TransposedConvolutionLayer : ConvolutionLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => [new("kernel"), .. Bias(config)];

    protected override Value Apply(LayerContext context, Value input)
    {
        var (config, dimensions) = (context.Config, Dimensions(context.Config));
        var x = Spatial.Of(context, input, dimensions);
        var (size, filters) = (config.Sizes("kernel_size", dimensions, 1), config.Size("filters"));
        var (strides, dilations) = (config.Sizes("strides", dimensions, 1), config.Sizes("dilation_rate", dimensions, 1));
        int[]? extra = config.Has("output_padding") ? config.Integers("output_padding", dimensions, 0) : null;
        if (extra?.Zip(strides).Any(e => e.First < 0 || e.First >= e.Second) == true)
            throw context.Unsupported("its 'output_padding' is not smaller than its strides");
        var steps = size.Select((w, i) => Grow(context, x.Sizes[i], w, strides[i], dilations[i], extra?[i])).ToList();
        var kernel = context.Weight(0, [.. size, filters, x.Channels]);
        List<string> inputs = [
            x.Name,
            context.Graph.Weights("kernel", LastFirst(kernel.Values, Area(size), filters, x.Channels), [x.Channels, filters, .. size])];
        if (BiasOf(context, 1, filters) is { } bias)
            inputs.Add(bias);
        var name = context.Graph.Add(
            "ConvTranspose", inputs, Windows.Longs("kernel_shape", size), Windows.Longs("strides", strides),
            Windows.Longs("dilations", dilations),
            OnnxAttribute.Of("pads", [.. steps.Select(s => (long)s.Before), .. steps.Select(s => (long)s.After)]),
            OnnxAttribute.Of("output_padding", [.. steps.Select(s => (long)s.Extra)]));
        return Activations.Apply(context, "activation", x.With(name, steps.Select(s => s.Output), filters));
    }

    /// <summary>
    /// Computes one dimension: the output size, how much of the full result is cut off before and after, and how much is added at the end.
    /// </summary>
    private static (int? Output, int Before, int After, int Extra) Grow(
        LayerContext context, int? size, int window, int stride, int dilation, int? outputPadding)
    {
        var reach = ((window - 1) * dilation) + 1;
        var same = context.Config.Text("padding", "valid") switch
        {
            "same" => true,
            "valid" => false,
            var other => throw context.Unsupported($"the padding '{other}' is not supported"),
        };

        // Output size beyond stride × (size − 1). The difference to the full reach is cut off or added.
        var beyond = outputPadding is { } added ? reach - (same ? 2 * (reach / 2) : 0) + added : same ? stride : Math.Max(reach, stride);
        var cut = Math.Max(reach - beyond, 0);
        var before = same ? cut / 2 : 0;
        var output = size is { } known ? checked((stride * (known - 1)) + beyond) : (int?)null;
        return (output, before, cut - before, Math.Max(beyond - reach, 0));
    }
}
