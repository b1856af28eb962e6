namespace Siaga.Keras.Graph;

/// <summary>Brings a value into the layout that an operator wants; free where it lies so already.</summary>
internal static class Layouts
{
    /// <summary>As Keras's shape says.</summary>
    public static Value AsKeras(this OnnxGraph graph, Value value)
    {
        if (value.IsPlain)
            return value;
        var plain = value with { ChannelsFirst = false, TimeFolded = false, TimeMajor = false, Steps = null };
        var moved = value.ChannelsFirst && value.Rank > (value.TimeFolded ? 3 : 2);
        if (value.TimeMajor)
        {
            // Time, batch and channels go to their places by one transpose.
            var apart = value.TimeFolded ? graph.Unfold(value) : value.Name;
            return plain with { Name = graph.Transpose(apart, [1, 0, .. moved ? [.. From(3, value.Rank - 3), 2L] : From(2, value.Rank - 2)]) };
        }

        var lying = value.TimeFolded ? value.Rank - 1 : value.Rank;
        var name = moved ? graph.Transpose(value.Name, [0, .. From(2, lying - 2), 1]) : value.Name;
        return plain with { Name = value.TimeFolded ? graph.Unfold(value with { Name = name, ChannelsFirst = false }) : name };
    }

    /// <summary>Channels before the spatial dimensions, batch alone in front.</summary>
    public static Value AsChannelsFirst(this OnnxGraph graph, Value value)
    {
        if (value is { ChannelsFirst: true, TimeFolded: false, TimeMajor: false })
            return value;
        if (value.Rank <= 2)
            return graph.AsKeras(value) with { ChannelsFirst = true };
        if (value is { ChannelsFirst: true, TimeFolded: true, Rank: > 3 })
        {
            // (batch and time, channels, …) to (batch, channels, time, …) by one transpose.
            long[] front = value.TimeMajor ? [1, 2, 0] : [0, 2, 1];
            return value with { Name = graph.Transpose(graph.Unfold(value), [.. front, .. From(3, value.Rank - 3)]), TimeFolded = false, TimeMajor = false, Steps = null };
        }

        var plain = graph.AsKeras(value);
        return plain with { Name = graph.Transpose(plain.Name, [0, plain.Rank - 1, .. From(1, plain.Rank - 2)]), ChannelsFirst = true };
    }

    /// <summary>Time before batch: (time, batch, …).</summary>
    public static Value AsTimeMajor(this OnnxGraph graph, Value value)
    {
        if (value is { TimeMajor: true, TimeFolded: false })
            return value;
        if (value is { TimeMajor: true, ChannelsFirst: false })
            return value with { Name = graph.Unfold(value), TimeFolded = false, Steps = null };
        var plain = graph.AsKeras(value);
        return plain with { Name = graph.Transpose(plain.Name, [1, 0, .. From(2, plain.Rank - 2)]), TimeMajor = true };
    }

    /// <summary>The steps of (batch, time, …) as a batch of their own: a value of one dimension less.</summary>
    public static Value FoldTime(this OnnxGraph graph, Value value)
    {
        if (value.Rank < 3)
            throw new KerasException("shape_rank", "TimeDistributed wants (batch, time, …).");
        List<int?> inner = [null, .. value.Shape.Skip(2)];
        if (value.TimeFolded)
            return new Value(value.Name, inner, value.ChannelsFirst);
        if (value.TimeMajor)
            return new Value(graph.Fold(value.Name, [.. inner.Skip(1)]), inner);
        if (value is { ChannelsFirst: true, Rank: > 3 })
        {
            var turned = graph.Transpose(value.Name, [0, 2, 1, .. From(3, value.Rank - 3)]);
            return new Value(graph.Fold(turned, [inner[^1], .. inner.Skip(1).SkipLast(1)]), inner, ChannelsFirst: true);
        }

        return new Value(graph.Fold(graph.AsKeras(value).Name, [.. inner.Skip(1)]), inner);
    }

    /// <summary>Folded with time before batch, and channels before the spatial dimensions, as a loop over pictures wants them.</summary>
    /// <param name="kerasChannelsFirst">Keras's own shape has the channels before the spatial dimensions: they stay where they are.</param>
    public static Value FoldTimeMajor(this OnnxGraph graph, Value value, bool kerasChannelsFirst)
    {
        if (value is { TimeFolded: true, TimeMajor: true } && value.ChannelsFirst != kerasChannelsFirst)
            return value;
        string turned;
        if (value is { TimeFolded: true, TimeMajor: false } && value.ChannelsFirst != kerasChannelsFirst)
        {
            turned = graph.Transpose(graph.Unfold(value), [1, 0, .. From(2, value.Rank - 2)]);
        }
        else
        {
            var plain = graph.AsKeras(value);
            turned = graph.Transpose(plain.Name, [1, 0, .. kerasChannelsFirst ? From(2, plain.Rank - 2) : [plain.Rank - 1, .. From(2, plain.Rank - 3)]]);
        }

        var lying = value.Shape.Skip(2).ToList();
        var name = graph.Fold(turned, kerasChannelsFirst ? lying : [lying[^1], .. lying.SkipLast(1)]);
        return value with { Name = name, ChannelsFirst = !kerasChannelsFirst, TimeFolded = true, TimeMajor = true, Steps = value.Shape[1] is null ? graph.SizesOf(turned, 0, 1) : null };
    }

    /// <summary>The reverse of <see cref="FoldTime"/>, at no cost until somebody wants it otherwise.</summary>
    /// <param name="folded">What came out of the steps.</param>
    /// <param name="before">The value whose steps they were.</param>
    public static Value UnfoldTime(this OnnxGraph graph, Value folded, Value before)
    {
        var steps = before.Shape[1] is not null ? null : before.Steps
            ?? (before.TimeMajor ? graph.SizesOf(before.Name, 0, 1) : graph.SizesOf(graph.AsKeras(before).Name, 1, 2));
        var value = new Value(folded.Name, [before.Shape[0], before.Shape[1], .. folded.Shape.Skip(1)], folded.ChannelsFirst, TimeFolded: true)
        {
            TimeMajor = before.TimeMajor,
            Steps = steps,
            Element = folded.Element,
        };

        // Without features left, (batch × steps) alone cannot stay folded: it is (batch, steps).
        return folded.Rank < 2 || folded.TimeFolded || folded.TimeMajor
            ? graph.AsKeras(value with { Name = graph.AsKeras(folded).Name, ChannelsFirst = false })
            : value;
    }

    private static IEnumerable<long> From(int first, int count) => Enumerable.Range(first, count).Select(i => (long)i);

    /// <summary>All numbers of every step in one batch.</summary>
    private static string Fold(this OnnxGraph graph, string name, IReadOnlyList<int?> inner) => inner.All(d => d is not null)
        ? graph.Reshape(name, [-1, .. inner.Select(d => (long)d!)])
        : graph.ReshapeTo(name, graph.Integers(-1), graph.SizesOf(name, 2));

    /// <summary>Batch and time of a folded value apart again, the rest as it lies: (batch, time, …), or (time, batch, …) where time comes first.</summary>
    private static string Unfold(this OnnxGraph graph, Value value)
    {
        List<int?> inner = [.. value.Shape.Skip(2)];
        if (value.ChannelsFirst && inner.Count > 1)
            inner = [inner[^1], .. inner.SkipLast(1)];
        if (value.Shape[1] is { } known && inner.TrueForAll(d => d is not null))
            return graph.Reshape(value.Name, [.. value.TimeMajor ? (long[])[known, -1] : [-1, known], .. inner.Select(d => (long)d!)]);
        var time = value.Shape[1] is { } steps ? graph.Integers(steps) : value.Steps ?? throw new KerasException("shape_unknown", "The number of steps is not known.");
        var batch = graph.Integers(-1);
        return value.TimeMajor
            ? graph.ReshapeTo(value.Name, time, batch, graph.SizesOf(value.Name, 1))
            : graph.ReshapeTo(value.Name, batch, time, graph.SizesOf(value.Name, 1));
    }
}
