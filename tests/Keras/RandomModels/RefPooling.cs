using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

internal static class RefPooling
{
    public static Nd Window(JsonObject config, Nd input, bool average, int n)
    {
        var first = RefConvolutions.First(config);
        var x = RefConvolutions.ChannelsLast(input, first);
        var window = config.Ints("pool_size", n, 2);
        var strides = config["strides"] is null ? window : config.Ints("strides", n);
        var slides = window.Select((w, d) => RefConvolutions.Slide(x.Shape[d + 1], w, strides[d], 1, config.Text("padding", "valid")))
            .ToArray();
        var result = Nd.Of([x.Shape[0], .. slides.Select(s => s.Count), x.Shape[^1]], index =>
        {
            var (sum, count, most) = (0.0, 0, double.NegativeInfinity);
            foreach (var w in Nd.Indices(window))
            {
                int[] source = [.. index];
                for (var d = 0; d < n; d++)
                    source[d + 1] = (index[d + 1] * strides[d]) + w[d] - slides[d].Before;
                if (Enumerable.Range(1, n).Any(d => source[d] < 0 || source[d] >= x.Shape[d]))
                    continue;
                var value = x.At(source);
                (sum, count, most) = (sum + value, count + 1, Math.Max(most, value));
            }

            return average ? sum / count : most;
        });
        return RefConvolutions.Back(result, first);
    }

    public static Nd Whole(JsonObject config, Nd x, bool average)
    {
        int[] places = [.. Enumerable.Range(RefConvolutions.First(config) ? 2 : 1, x.Rank - 2)];
        var keep = config.Flag("keepdims");
        if (!average)
            return x.Reduce(places, keep, v => v.Max()).Unmasked();
        if (x is not { Mask: { } mask, Rank: 3 })
            return x.Reduce(places, keep, v => v.Average());

        // Only GlobalAveragePooling1D uses a mask: the mean of the valid steps.
        var weight = mask.Reshape(RefConvolutions.First(config) ? [mask.Shape[0], 1, mask.Shape[1]] : [mask.Shape[0], mask.Shape[1], 1]);
        return (x * weight).Reduce(places, keep, v => v.Sum()) / weight.Reduce(places, keep, v => v.Sum());
    }
}
