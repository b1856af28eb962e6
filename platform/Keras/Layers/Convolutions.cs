using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>How windows slide: TensorFlow's SAME may pad more at the end than at the start.</summary>
internal static class Windows
{
    public static (int Output, int Before, int After) Slide(LayerContext context, int size, int window, int stride, int dilation)
    {
        var reach = ((window - 1) * dilation) + 1;
        switch (context.Config.Text("padding", "valid"))
        {
            case "valid":
                var fits = ((size - reach) / stride) + 1;
                return size >= reach ? (fits, 0, 0) : throw context.Unsupported($"its window of {reach} is larger than its input of {size}");
            case "same":
                var output = (size + stride - 1) / stride;
                var pad = Math.Max(((output - 1) * stride) + reach - size, 0);
                return (output, pad / 2, pad - (pad / 2));
            case var other:
                throw context.Unsupported($"the padding '{other}' is not known here");
        }
    }

    /// <summary>Slides over every spatial dimension: the sizes that come out, and ONNX's pads (all starts, then all ends).</summary>
    public static (int[] Sizes, long[] Pads) SlideAll(LayerContext context, Value input, int[] window, int[] strides, int[] dilations)
    {
        var slides = window.Select((w, i) => Slide(context, input.Known(i + 1), w, strides[i], dilations[i])).ToList();
        return ([.. slides.Select(s => s.Output)], [.. slides.Select(s => (long)s.Before), .. slides.Select(s => (long)s.After)]);
    }

    public static void RequireChannelsLast(LayerContext context)
    {
        if (context.Config.Text("data_format", "channels_last") != "channels_last")
            throw context.Unsupported("data_format 'channels_first' is not supported yet");
    }
}

[KerasNames("Conv2D", "Convolution2D")]
internal sealed class Conv2DLayer : Layer
{
    public override Value Apply(LayerContext context, Value input)
    {
        Windows.RequireChannelsLast(context);
        var config = context.Config;
        var x = context.Graph.AsChannelsFirst(input);
        var kernelSize = config.Integers("kernel_size", 2, 1);
        var (strides, dilations) = (config.Integers("strides", 2, 1), config.Integers("dilation_rate", 2, 1));
        var (filters, groups) = (config.Integer("filters", 0), config.Integer("groups", 1));
        var kernel = context.Weight(0, kernelSize[0], kernelSize[1], x.Known(-1) / groups, filters);
        var (sizes, pads) = Windows.SlideAll(context, x, kernelSize, strides, dilations);
        List<string> inputs = [x.Name, context.Graph.Weights("kernel", OutInFirst(kernel.Values, kernelSize, x.Known(-1) / groups, filters), filters, x.Known(-1) / groups, kernelSize[0], kernelSize[1])];
        if (config.Flag("use_bias", true))
            inputs.Add(context.Graph.Weights("bias", context.Weight(1, filters).Values, filters));
        var name = context.Graph.Add(
            "Conv", inputs, OnnxAttribute.Of("strides", [.. strides.Select(s => (long)s)]), OnnxAttribute.Of("dilations", [.. dilations.Select(d => (long)d)]),
            OnnxAttribute.Of("pads", pads), OnnxAttribute.Of("group", (long)groups));
        var output = new Value(name, [x.Shape[0], sizes[0], sizes[1], filters], ChannelsFirst: true);
        return Activations.Apply(context, config.Activation("activation"), output);
    }

    /// <summary>Keras (height, width, in, out) to ONNX (out, in, height, width).</summary>
    private static float[] OutInFirst(float[] kernel, int[] size, int channels, int filters)
    {
        var turned = new float[kernel.Length];
        var area = size[0] * size[1];
        for (var at = 0; at < area; at++)
        {
            for (var c = 0; c < channels; c++)
            {
                for (var f = 0; f < filters; f++)
                    turned[(((f * channels) + c) * area) + at] = kernel[(((at * channels) + c) * filters) + f];
            }
        }

        return turned;
    }
}

[KerasNames("MaxPooling2D", "AveragePooling2D")]
internal sealed class Pooling2DLayer : Layer
{
    public override Value Apply(LayerContext context, Value input)
    {
        Windows.RequireChannelsLast(context);
        var x = context.Graph.AsChannelsFirst(input);
        var window = context.Config.Integers("pool_size", 2, 2);
        var strides = context.Config.Has("strides") ? context.Config.Integers("strides", 2, 1) : window;
        var (sizes, pads) = Windows.SlideAll(context, x, window, strides, [1, 1]);
        List<OnnxAttribute> attributes =
        [
            OnnxAttribute.Of("kernel_shape", [.. window.Select(w => (long)w)]), OnnxAttribute.Of("strides", [.. strides.Select(s => (long)s)]), OnnxAttribute.Of("pads", pads),
        ];
        var average = context.Config.ClassName.StartsWith("Average", StringComparison.Ordinal);
        if (average)
            attributes.Add(OnnxAttribute.Of("count_include_pad", 0L));
        var name = context.Graph.Add(average ? "AveragePool" : "MaxPool", [x.Name], [.. attributes]);
        return new Value(name, [x.Shape[0], sizes[0], sizes[1], x.Shape[3]], ChannelsFirst: true);
    }
}

[KerasNames("GlobalMaxPooling2D", "GlobalAveragePooling2D")]
internal sealed class GlobalPooling2DLayer : Layer
{
    public override Value Apply(LayerContext context, Value input)
    {
        Windows.RequireChannelsLast(context);
        var x = context.Graph.AsChannelsFirst(input);
        var keep = context.Config.Flag("keepdims");
        var op = context.Config.ClassName.StartsWith("GlobalMax", StringComparison.Ordinal) ? "ReduceMax" : "ReduceMean";
        var name = context.Graph.Add(op, [x.Name, context.Graph.Integers(2, 3)], OnnxAttribute.Of("keepdims", keep ? 1L : 0L));
        return keep ? new Value(name, [x.Shape[0], 1, 1, x.Shape[3]], ChannelsFirst: true) : new Value(name, [x.Shape[0], x.Shape[3]]);
    }
}
