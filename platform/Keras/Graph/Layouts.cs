namespace Siaga.Keras.Graph;

/// <summary>Brings a value into the layout that an operator wants; free where it lies so already.</summary>
internal static class Layouts
{
    /// <summary>As Keras's shape says.</summary>
    public static Value AsKeras(this OnnxGraph graph, Value value)
    {
        if (value.IsPlain)
            return value;
        var name = value.Name;
        if (value.TimeMajor)
            name = graph.Transpose(name, [1, 0, .. Enumerable.Range(2, value.Rank - 2).Select(i => (long)i)]);
        var lying = value.TimeFolded ? value.Rank - 1 : value.Rank;
        if (value.ChannelsFirst && lying > 2)
            name = graph.Transpose(name, [0, .. Enumerable.Range(2, lying - 2).Select(i => (long)i), 1]);
        if (value.TimeFolded)
            name = graph.Unfold(name, value.Shape[1], [.. value.Shape.Skip(2)], value.Steps);
        return value with { Name = name, ChannelsFirst = false, TimeFolded = false, TimeMajor = false, Steps = null };
    }

    /// <summary>Channels before the spatial dimensions, batch alone in front.</summary>
    public static Value AsChannelsFirst(this OnnxGraph graph, Value value)
    {
        if (value is { ChannelsFirst: true, TimeFolded: false })
            return value;
        if (value.Rank <= 2)
            return graph.AsKeras(value) with { ChannelsFirst = true };
        if (value is { ChannelsFirst: true, TimeFolded: true, Rank: > 3 })
        {
            // (batch × time, channels, …) to (batch, channels, time, …) by one transpose.
            var unfolded = graph.Unfold(value.Name, value.Shape[1], [value.Shape[^1], .. value.Shape.Skip(2).SkipLast(1)], value.Steps);
            return value with
            {
                Name = graph.Transpose(unfolded, [0, 2, 1, .. Enumerable.Range(3, value.Rank - 3).Select(i => (long)i)]),
                TimeFolded = false,
                Steps = null,
            };
        }

        var plain = graph.AsKeras(value);
        var name = graph.Transpose(plain.Name, [0, plain.Rank - 1, .. Enumerable.Range(1, plain.Rank - 2).Select(i => (long)i)]);
        return plain with { Name = name, ChannelsFirst = true };
    }

    /// <summary>Time before batch: (time, batch, …).</summary>
    public static Value AsTimeMajor(this OnnxGraph graph, Value value)
    {
        if (value.TimeMajor)
            return value;
        var plain = graph.AsKeras(value);
        return plain with
        {
            Name = graph.Transpose(plain.Name, [1, 0, .. Enumerable.Range(2, plain.Rank - 2).Select(i => (long)i)]),
            TimeMajor = true,
        };
    }

    /// <summary>The steps of (batch, time, …) as a batch of their own: a value of one dimension less.</summary>
    public static Value FoldTime(this OnnxGraph graph, Value value)
    {
        if (value.Rank < 3)
            throw new KerasException("shape_rank", "TimeDistributed wants (batch, time, …).");
        List<int?> inner = [null, .. value.Shape.Skip(2)];
        if (value.TimeFolded)
            return new Value(value.Name, inner, value.ChannelsFirst);
        if (value is { ChannelsFirst: true, Rank: > 3 })
        {
            var turned = graph.Transpose(value.Name, [0, 2, 1, .. Enumerable.Range(3, value.Rank - 3).Select(i => (long)i)]);
            return new Value(graph.Fold(turned, [inner[^1], .. inner.Skip(1).SkipLast(1)]), inner, ChannelsFirst: true);
        }

        return new Value(graph.Fold(graph.AsKeras(value).Name, [.. inner.Skip(1)]), inner);
    }

    /// <summary>The reverse of <see cref="FoldTime"/>, at no cost until somebody wants it otherwise.</summary>
    /// <param name="folded">What came out of the steps.</param>
    /// <param name="before">The value whose steps they were.</param>
    public static Value UnfoldTime(this OnnxGraph graph, Value folded, Value before)
    {
        // Without features left, (batch × steps) alone cannot stay folded: it is (batch, steps).
        var steps = before.Shape[1] is null ? before.Steps ?? graph.SizesOf(graph.AsKeras(before).Name, 1, 2) : null;
        var value = new Value(folded.Name, [before.Shape[0], before.Shape[1], .. folded.Shape.Skip(1)], folded.ChannelsFirst, TimeFolded: true)
        {
            Steps = steps,
            Element = folded.Element,
        };
        return folded.Rank < 2 || folded.TimeFolded || folded.TimeMajor
            ? graph.AsKeras(value with { Name = graph.AsKeras(folded).Name, ChannelsFirst = false })
            : value;
    }

    /// <summary>All numbers of every step in one batch.</summary>
    private static string Fold(this OnnxGraph graph, string name, IReadOnlyList<int?> inner) => inner.All(d => d is not null)
        ? graph.Reshape(name, [-1, .. inner.Select(d => (long)d!)])
        : graph.ReshapeTo(name, graph.Integers(-1), graph.SizesOf(name, 2));

    private static string Unfold(this OnnxGraph graph, string name, int? steps, IReadOnlyList<int?> inner, string? stepsName)
    {
        if (steps is { } known && inner.All(d => d is not null))
            return graph.Reshape(name, [-1, known, .. inner.Select(d => (long)d!)]);
        var time = steps is { } fixedSteps ? graph.Integers(fixedSteps) : stepsName ?? throw new KerasException("shape_unknown", "The number of steps is not known.");
        return graph.ReshapeTo(name, graph.Integers(-1), time, graph.SizesOf(name, 1));
    }
}
