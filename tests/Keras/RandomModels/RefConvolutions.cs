using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Convolutions of any number of dimensions, with TensorFlow's definition of padding.</summary>
internal static class RefConvolutions
{
    /// <summary>How far before the input a window starts, and the number of positions.</summary>
    public static (int Before, int Count) Slide(int size, int window, int stride, int dilation, string padding)
    {
        var reach = ((window - 1) * dilation) + 1;
        switch (padding)
        {
            case "same":
                var count = (size + stride - 1) / stride;
                return (Math.Max(((count - 1) * stride) + reach - size, 0) / 2, count);
            case "causal":
                return (reach - 1, ((size - 1) / stride) + 1);
            default:
                return (0, (size - reach) / stride + 1);
        }
    }

    public static Nd ChannelsLast(Nd x, bool first) => first ? x.Transpose([0, .. Enumerable.Range(2, x.Rank - 2), 1]) : x;

    public static Nd Back(Nd x, bool first) => first ? x.Transpose([0, x.Rank - 1, .. Enumerable.Range(1, x.Rank - 2)]) : x;

    public static bool First(JsonObject config) => config.Text("data_format", "channels_last") == "channels_first";

    /// <param name="x">Batch, positions, channels.</param>
    /// <param name="kernel">Window, channels of a group, filters.</param>
    public static Nd Convolve(Nd x, Nd kernel, int[] strides, int[] dilations, string padding, int groups = 1)
    {
        var n = x.Rank - 2;
        var slides = Enumerable.Range(0, n).Select(d => Slide(x.Shape[d + 1], kernel.Shape[d], strides[d], dilations[d], padding))
            .ToArray();
        int[] window = [.. kernel.Shape.Take(n)];
        var (channels, inGroup, filters) = (x.Shape[^1], kernel.Shape[^2], kernel.Shape[^1]);
        var result = Nd.Zeros([x.Shape[0], .. slides.Select(s => s.Count), filters]);
        var at = 0;
        foreach (var place in Nd.Indices([x.Shape[0], .. slides.Select(s => s.Count)]))
        {
            var k = 0;
            foreach (var w in Nd.Indices(window))
            {
                var (source, inside) = (place[0], true);
                for (var d = 0; d < n; d++)
                {
                    var position = (place[d + 1] * strides[d]) + (w[d] * dilations[d]) - slides[d].Before;
                    inside &= position >= 0 && position < x.Shape[d + 1];
                    source = (source * x.Shape[d + 1]) + position;
                }

                for (var c = 0; inside && c < inGroup; c++)
                {
                    for (var f = 0; f < filters; f++)
                    {
                        var group = f / (filters / groups);
                        result.Data[at + f] += x.Data[(source * channels) + (group * inGroup) + c]
                            * kernel.Data[(((k * inGroup) + c) * filters) + f];
                    }
                }

                k++;
            }

            at += filters;
        }

        return result;
    }

    public static Nd Convolution(JsonObject config, RefWeights weights, Nd input, bool keras3, int n)
    {
        var (first, filters, groups) = (First(config), config.Int("filters"), config.Int("groups", 1));
        var x = ChannelsLast(input, first);
        var kernel = weights.Get("kernel", [.. config.Ints("kernel_size", n), x.Shape[^1] / groups, filters]);
        var result = Convolve(
            x, kernel, config.Ints("strides", n), config.Ints("dilation_rate", n), config.Text("padding", "valid"), groups);
        return Finish(config, weights, result, first, keras3);
    }

    public static Nd Depthwise(JsonObject config, RefWeights weights, Nd input, bool keras3, int n)
    {
        var first = First(config);
        return Finish(config, weights, EachChannel(config, weights, ChannelsLast(input, first), "kernel", n), first, keras3);
    }

    public static Nd Separable(JsonObject config, RefWeights weights, Nd input, bool keras3, int n)
    {
        var first = First(config);
        var deep = EachChannel(config, weights, ChannelsLast(input, first), "depthwise_kernel", n);
        int[] ones = [.. Enumerable.Repeat(1, n)];
        var result = Convolve(deep, weights.Get("pointwise_kernel", [.. ones, deep.Shape[^1], config.Int("filters")]), ones, ones, "valid");
        return Finish(config, weights, result, first, keras3);
    }

    /// <summary>After tf.nn.conv_transpose: the gradient of a convolution whose input has the wanted size.</summary>
    public static Nd Transposed(JsonObject config, RefWeights weights, Nd input, bool keras3, int n)
    {
        var (first, filters, same) = (First(config), config.Int("filters"), config.Text("padding", "valid") == "same");
        var (size, strides, dilations) = (config.Ints("kernel_size", n), config.Ints("strides", n), config.Ints("dilation_rate", n));
        var x = ChannelsLast(input, first);
        var kernel = weights.Get("kernel", [.. size, filters, x.Shape[^1]]);
        int?[] extra =
            [.. Enumerable.Range(0, n).Select(d => config["output_padding"] is null ? (int?)null : config.Ints("output_padding", n)[d])];
        int[] length = [.. Enumerable.Range(0, n).Select(d => Length(
            x.Shape[d + 1], ((size[d] - 1) * dilations[d]) + 1, strides[d], same, extra[d]))];
        int[] before =
            [.. Enumerable.Range(0, n).Select(d => same ? Slide(length[d], size[d], strides[d], dilations[d], "same").Before : 0)];
        var result = Nd.Zeros([x.Shape[0], .. length, filters]);
        foreach (var index in Nd.Indices(x.Shape))
        {
            var value = x.At(index);
            foreach (var w in Nd.Indices(size))
            {
                var target = index[0];
                var inside = true;
                for (var d = 0; d < n; d++)
                {
                    var position = (index[d + 1] * strides[d]) + (w[d] * dilations[d]) - before[d];
                    inside &= position >= 0 && position < length[d];
                    target = (target * length[d]) + position;
                }

                for (var f = 0; inside && f < filters; f++)
                    result.Data[(target * filters) + f] += value * kernel.At([.. w, f, index[^1]]);
            }
        }

        return Finish(config, weights, result, first, keras3);
    }

    private static int Length(int size, int reach, int stride, bool same, int? extra) => extra is { } more
        ? ((size - 1) * stride) + reach - (2 * (same ? reach / 2 : 0)) + more
        : same ? size * stride : (size * stride) + Math.Max(reach - stride, 0);

    private static Nd EachChannel(JsonObject config, RefWeights weights, Nd x, string name, int n)
    {
        var (channels, multiplier) = (x.Shape[^1], config.Int("depth_multiplier", 1));
        var kernel = weights.Get(name, [.. config.Ints("kernel_size", n), channels, multiplier]);
        int[] window = [.. kernel.Shape.Take(n)];
        return Convolve(
            x, kernel.Reshape([.. window, 1, channels * multiplier]), config.Ints("strides", n), config.Ints("dilation_rate", n),
            config.Text("padding", "valid"), channels);
    }

    private static Nd Finish(JsonObject config, RefWeights weights, Nd result, bool first, bool keras3)
    {
        if (config.Flag("use_bias", true))
            result += weights.Get("bias", result.Shape[^1]);

        // The activation works on the layer's own layout: softmax is over its last dimension, whatever that is.
        return RefActivations.Apply(config["activation"], Back(result, first), keras3);
    }
}
