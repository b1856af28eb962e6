using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Layers that only move elements, and layers that resize images.</summary>
internal static class RefShapes
{
    public static Nd Flatten(JsonObject config, Nd x)
    {
        if (x.Rank == 1)
            return x.Reshape(x.Shape[0], 1);
        return RefConvolutions.ChannelsLast(x, RefConvolutions.First(config) && x.Rank > 2).Reshape(x.Shape[0], Nd.Count(x.Shape[1..]));
    }

    public static Nd Reshape(JsonObject config, Nd x)
    {
        var target = config.Ints("target_shape");
        var left = Nd.Count(x.Shape[1..]) / Math.Max(1, Nd.Count(target.Where(t => t > 0)));
        return x.Reshape([x.Shape[0], .. target.Select(t => t < 0 ? left : t)]);
    }

    public static Nd Repeat(int n, Nd x) => Nd.Stack(1, [.. Enumerable.Repeat(x, n)]);

    public static Nd Crop(JsonObject config, Nd input, int n) => OverPlaces(config, input, x =>
    {
        foreach (var ((before, after), d) in Pairs(config["cropping"], n, 1).Select((p, d) => (p, d)))
            x = x.Slice(d + 1, before, x.Shape[d + 1] - before - after);
        return x;
    });

    public static Nd Pad(JsonObject config, Nd input, int n) => OverPlaces(config, input, x =>
    {
        foreach (var ((before, after), d) in Pairs(config["padding"], n, 1).Select((p, d) => (p, d)))
        {
            var left = Nd.Zeros([.. x.Shape.Select((s, i) => i == d + 1 ? before : s)]);
            var right = Nd.Zeros([.. x.Shape.Select((s, i) => i == d + 1 ? after : s)]);
            x = Nd.Concat(d + 1, [left, x, right]);
        }

        return x;
    });

    public static Nd UpSample(JsonObject config, Nd input, int n) => OverPlaces(config, input, x =>
    {
        var size = config.Ints("size", n, 2);
        return config.Text("interpolation", "nearest") == "nearest"
            ? Nd.Of([x.Shape[0], .. size.Select((s, d) => s * x.Shape[d + 1]), x.Shape[^1]], i => x.At(
                [i[0], .. size.Select((s, d) => i[d + 1] / s), i[^1]]))
            : Resize(x, size[0] * x.Shape[1], size[1] * x.Shape[2], config.Text("interpolation"));
    });

    public static Nd Resizing(JsonObject config, Nd input) =>
        OverPlaces(config, input, x => Resize(x, config.Int("height"), config.Int("width"), config.Text("interpolation", "bilinear")));

    public static Nd CentreCrop(JsonObject config, Nd input) => OverPlaces(config, input, x =>
    {
        var (height, width) = (config.Int("height"), config.Int("width"));
        return x.Slice(1, (x.Shape[1] - height) / 2, height).Slice(2, (x.Shape[2] - width) / 2, width);
    });

    /// <summary>After tf.image.resize: half-pixel centres, no anti-aliasing.</summary>
    private static Nd Resize(Nd x, int height, int width, string how) => Along(Along(x, 1, height, how), 2, width, how);

    private static Nd Along(Nd x, int axis, int size, string how) => Nd.Of([.. x.Shape.Select((s, d) => d == axis ? size : s)], index =>
    {
        var (old, sum, total) = (x.Shape[axis], 0.0, 0.0);
        var centre = ((index[axis] + 0.5) * old / size) - 0.5;
        int[] source = [.. index];
        if (how == "nearest")
        {
            source[axis] = Math.Min((int)Math.Floor((index[axis] + 0.5) * old / size), old - 1);
            return x.At(source);
        }

        var reach = how == "bicubic" ? 2 : 1;
        for (var k = (int)Math.Floor(centre) - reach + 1; k <= (int)Math.Floor(centre) + reach; k++)
        {
            var weight = how == "bicubic" ? Cubic(Math.Abs(centre - k)) : 1 - Math.Abs(centre - k);
            if (how == "bicubic" && (k < 0 || k >= old))
                continue;
            source[axis] = Math.Clamp(k, 0, old - 1);
            (sum, total) = (sum + (weight * x.At(source)), total + weight);
        }

        return sum / total;
    });

    /// <summary>Keys's cubic kernel with a = -0.5.</summary>
    private static double Cubic(double x) => x switch
    {
        < 1 => (((1.5 * x) - 2.5) * x * x) + 1,
        < 2 => (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2,
        _ => 0,
    };

    private static Nd OverPlaces(JsonObject config, Nd input, Func<Nd, Nd> of)
    {
        var first = RefConvolutions.First(config);
        return RefConvolutions.Back(of(RefConvolutions.ChannelsLast(input, first)), first);
    }

    private static (int Before, int After)[] Pairs(JsonNode? setting, int n, int otherwise) => setting switch
    {
        null => [.. Enumerable.Repeat((otherwise, otherwise), n)],
        JsonArray list when n == 1 => [((int)Json.Number(list[0]!), (int)Json.Number(list[1]!))],
        JsonArray list when list[0] is JsonArray => [.. list.Select(p => ((int)Json.Number(p![0]!), (int)Json.Number(p[1]!)))],
        JsonArray list => [.. list.Select(p => ((int)Json.Number(p!), (int)Json.Number(p!)))],
        var one => [.. Enumerable.Repeat(((int)Json.Number(one), (int)Json.Number(one)), n)],
    };
}
