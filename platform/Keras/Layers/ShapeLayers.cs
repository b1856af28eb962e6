using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

[KerasNames("Flatten")]
internal sealed class FlattenLayer : UnaryLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var x = context.Graph.AsKeras(input);
        if (context.Config.Text("data_format", "channels_last") == "channels_first" && x.Rank > 2)
        {
            // Keras moves the channels to the end before flattening.
            long[] last = [0, .. Enumerable.Range(2, x.Rank - 2).Select(i => (long)i), 1];
            x = x with { Name = context.Graph.Transpose(x.Name, last), Shape = [.. last.Select(i => x.Shape[(int)i])] };
        }

        int? size = x.Shape.Skip(1).Aggregate((int?)1, (product, d) => checked(product * d));
        return new Value(
            x.Rank == 1 ? context.Graph.Unsqueeze(x.Name, 1) : context.Graph.Reshape(x.Name, 0, size ?? -1), [x.Shape[0], size]);
    }
}

[KerasNames("Reshape")]
internal sealed class ReshapeLayer : UnaryLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var x = context.Graph.AsKeras(input);
        return To(context, x, context.Config.Integers("target_shape", -1, 0));
    }

    /// <summary>Reshapes all dimensions but the batch; one -1 takes the remaining elements.</summary>
    public static Value To(LayerContext context, Value x, int[] target)
    {
        var known = target.Where(t => t != -1).Aggregate(1L, (a, b) => checked(a * b));
        int? total = x.Shape.Skip(1).Aggregate((int?)1, (product, d) => checked(product * d));
        var open = target.Count(t => t == -1);
        if (open > 1 || target.Any(t => t is < -1 or 0) || (total is { } size && (open == 0 ? size != known : size % known != 0)))
            throw context.Unsupported($"({string.Join(", ", x.Shape.Skip(1))}) cannot become ({string.Join(", ", target)})");
        return new Value(
            context.Graph.Reshape(x.Name, [0, .. target.Select(t => (long)t)]),
            [x.Shape[0], .. target.Select(t => t == -1 ? total is { } all ? (int)(all / known) : null : (int?)t)]);
    }
}

[KerasNames("Permute")]
internal sealed class PermuteLayer : UnaryLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var x = context.Graph.AsKeras(input);
        var dims = context.Config.Integers("dims", x.Rank - 1, 0);
        if (!dims.Order().SequenceEqual(Enumerable.Range(1, x.Rank - 1)))
            throw context.Unsupported("its 'dims' are not a permutation");
        return new Value(context.Graph.Transpose(x.Name, [0, .. dims.Select(d => (long)d)]), [x.Shape[0], .. dims.Select(d => x.Shape[d])]);
    }
}

[KerasNames("RepeatVector")]
internal sealed class RepeatVectorLayer : UnaryLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        context.RequireRank(input, 2);
        var (graph, x, times) = (context.Graph, context.Graph.AsKeras(input), context.Config.Size("n"));
        return new Value(graph.Add("Tile", [graph.Unsqueeze(x.Name, 1), graph.Integers(1, times, 1)]), [x.Shape[0], times, x.Shape[1]]);
    }
}

/// <summary>Zero padding or cropping: a pair of numbers for each spatial dimension.</summary>
internal abstract class BorderLayer : UnaryLayer
{
    protected static (int Before, int After)[] Borders(LayerContext context, string key)
    {
        var dimensions = context.Config.ClassName[^2] - '0';
        if (!context.Config.Has(key))
            return [.. Enumerable.Repeat((1, 1), dimensions)];
        var value = context.Config[key];
        if (value.ValueKind == System.Text.Json.JsonValueKind.Number)
            return [.. Enumerable.Repeat((context.Config.Integer(key, 0), context.Config.Integer(key, 0)), dimensions)];
        (int Before, int After)[] pairs = dimensions == 1 && value[0].ValueKind == System.Text.Json.JsonValueKind.Number
            ? value.GetArrayLength() == 1 ? [(value[0].GetInt32(), value[0].GetInt32())] : [(value[0].GetInt32(), value[1].GetInt32())]
            : [.. value.EnumerateArray().Select(
                v => v.ValueKind == System.Text.Json.JsonValueKind.Array
                    ? (v[0].GetInt32(), v[1].GetInt32())
                    : (v.GetInt32(), v.GetInt32()))];
        return pairs.Length == dimensions && pairs.All(p => p is { Before: >= 0, After: >= 0 } and { Before: < 1 << 20, After: < 1 << 20 })
            ? pairs : throw context.Unsupported($"its '{key}' cannot be read");
    }

    /// <summary>The value in a suitable layout, and the position of its first spatial dimension.</summary>
    protected static (Value X, int First) Open(LayerContext context, Value input)
    {
        context.RequireRank(input, context.Config.ClassName[^2] - '0' + 2);
        var first = context.Config.Text("data_format", "channels_last") == "channels_first";
        var x = first || input.TimeFolded || input.TimeMajor ? context.Graph.AsKeras(input) : input;
        return (x, first ? 2 : 1);
    }
}

[KerasNames("ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D")]
internal sealed class ZeroPaddingLayer : BorderLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var ((x, first), borders) = (Open(context, input), Borders(context, "padding"));
        var (before, after) = (new long[x.Rank], new long[x.Rank]);
        var shape = x.Shape.ToArray();
        for (var i = 0; i < borders.Length; i++)
        {
            var at = x.LyingAxis(first + i)!.Value;
            (before[at], after[at]) = (borders[i].Before, borders[i].After);
            shape[first + i] += borders[i].Before + borders[i].After;
        }

        return x with { Name = context.Graph.Add("Pad", [x.Name, context.Graph.Integers([.. before, .. after])]), Shape = shape };
    }
}

[KerasNames("Cropping1D", "Cropping2D", "Cropping3D")]
internal sealed class CroppingLayer : BorderLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var ((x, first), borders) = (Open(context, input), Borders(context, "cropping"));
        var shape = x.Shape.ToArray();
        for (var i = 0; i < borders.Length; i++)
        {
            shape[first + i] -= borders[i].Before + borders[i].After;
            if (shape[first + i] <= 0)
                throw context.Unsupported("it cuts away everything");
        }

        var graph = context.Graph;
        var name = graph.Add("Slice", [
            x.Name,
            graph.Integers([.. borders.Select(b => (long)b.Before)]),
            graph.Integers([.. borders.Select(b => b.After == 0 ? long.MaxValue : -b.After)]),
            graph.Integers([.. borders.Select((_, i) => (long)x.LyingAxis(first + i)!.Value)]),
        ]);
        return x with { Name = name, Shape = shape };
    }
}

[KerasNames("UpSampling1D", "UpSampling2D", "UpSampling3D")]
internal sealed class UpSamplingLayer : UnaryLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var dimensions = context.Config.ClassName[^2] - '0';
        var x = Spatial.Of(context, input, dimensions);
        var factors = context.Config.Sizes("size", dimensions, 2);
        var scales = context.Graph.Weights("scales", [1, 1, .. factors.Select(f => (float)f)], dimensions + 2);
        var interpolation = context.Config.Text("interpolation", "nearest");
        List<int?> sizes = [.. x.Sizes.Select((s, i) => checked(s * factors[i]))];
        var name = Resizer.Fenced(context.Graph, x, sizes, from => context.Graph.Add(
            "Resize", [from, "", scales], Resizer.How(context, interpolation, whole: true)));
        return x.With(name, sizes, x.Channels);
    }
}
