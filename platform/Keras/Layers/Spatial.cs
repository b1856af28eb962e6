using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>A value with its spatial dimensions after the channels, as ONNX's convolutions and pools need it.</summary>
/// <param name="Name">The tensor: (batch, channels, spatial …).</param>
/// <param name="Batch">Keras's first dimension.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="Sizes">The spatial dimensions; null for a size known only at run time.</param>
/// <param name="KerasChannelsFirst">Keras's own shape has the channels first too.</param>
internal sealed record Spatial(string Name, int? Batch, int Channels, IReadOnlyList<int?> Sizes, bool KerasChannelsFirst)
{
    public static Spatial Of(LayerContext context, Value input, int dimensions)
    {
        context.RequireRank(input, dimensions + 2);
        if (context.Config.Text("data_format", "channels_last") == "channels_first")
        {
            var plain = context.Graph.AsKeras(input);
            return new Spatial(plain.Name, plain.Shape[0], plain.Known(1), [.. plain.Shape.Skip(2)], KerasChannelsFirst: true);
        }

        var x = context.Graph.AsChannelsFirst(input);
        return new Spatial(x.Name, x.Shape[0], x.Known(-1), [.. x.Shape.Skip(1).SkipLast(1)], KerasChannelsFirst: false);
    }

    public Value With(string name, IEnumerable<int?> sizes, int channels) => KerasChannelsFirst
        ? new Value(name, [Batch, channels, .. sizes])
        : new Value(name, [Batch, .. sizes, channels], ChannelsFirst: true);
}

/// <summary>Padding of sliding windows. TensorFlow's SAME may pad more at the end than at the start.</summary>
internal static class Windows
{
    public static (int? Output, int Before, int After) Slide(
        LayerContext context, int? size, int window, int stride, int dilation, string padding)
    {
        var reach = ((window - 1) * dilation) + 1;
        switch (padding)
        {
            case "valid" when size is null:
                return (null, 0, 0);
            case "valid":
                return size >= reach
                    ? (((size.Value - reach) / stride) + 1, 0, 0)
                    : throw context.Unsupported($"its window of {reach} is larger than its input of {size}");
            case "causal":
                return (size is { } length ? ((length - 1) / stride) + 1 : null, reach - 1, 0);
            case "same" when size is null:
                // With stride 1 the padding does not depend on the size.
                return stride == 1 ? (null, (reach - 1) / 2, reach - 1 - ((reach - 1) / 2)) : (null, -1, -1);
            case "same":
                var output = (size.Value + stride - 1) / stride;
                var pad = Math.Max(((output - 1) * stride) + reach - size.Value, 0);
                return (output, pad / 2, pad - (pad / 2));
            default:
                throw context.Unsupported($"the padding '{padding}' is not supported");
        }
    }

    /// <summary>Applies a sliding window to every spatial dimension: the output sizes, and ONNX's padding attribute.</summary>
    public static (IReadOnlyList<int?> Sizes, OnnxAttribute Pads) SlideAll(
        LayerContext context, Spatial input, int[] window, int[] strides, int[] dilations)
    {
        var padding = context.Config.Text("padding", "valid");
        var slides = window.Select((w, i) => Slide(context, input.Sizes[i], w, strides[i], dilations[i], padding)).ToList();
        var pads = slides.Exists(s => s.Before < 0)
            ? OnnxAttribute.Of("auto_pad", "SAME_UPPER")
            : OnnxAttribute.Of("pads", [.. slides.Select(s => (long)s.Before), .. slides.Select(s => (long)s.After)]);
        return ([.. slides.Select(s => s.Output)], pads);
    }

    public static OnnxAttribute Longs(string name, int[] values) => OnnxAttribute.Of(name, [.. values.Select(v => (long)v)]);
}
