namespace Siaga.Keras.Graph;

/// <summary>Converts a value to the memory layout that an operator needs; costs nothing when it already has it.</summary>
internal static class Layouts
{
    /// <summary>To the layout of Keras's shape.</summary>
    public static Value AsKeras(this OnnxGraph graph, Value value)
    {
        if (value.IsPlain)
            return value;
        var plain = value with { ChannelsFirst = false, TimeFolded = false, TimeMajor = false, Steps = null };
        var moved = value.ChannelsFirst && value.Rank > (value.TimeFolded ? 3 : 2);
        if (value.TimeMajor)
        {
            // A single transpose moves time, batch and channels into place.
            var apart = value.TimeFolded ? graph.Unfold(value) : value.Name;
            return plain with
            {
                Name = graph.Transpose(apart, [1, 0, .. moved ? [.. From(3, value.Rank - 3), 2L] : From(2, value.Rank - 2)]),
            };
        }

        var lying = value.TimeFolded ? value.Rank - 1 : value.Rank;
        var name = moved ? graph.Transpose(value.Name, [0, .. From(2, lying - 2), 1]) : value.Name;
        return plain with { Name = value.TimeFolded ? graph.Unfold(value with { Name = name, ChannelsFirst = false }) : name };
    }

    /// <summary>To channels before the spatial dimensions, with only the batch in front.</summary>
    public static Value AsChannelsFirst(this OnnxGraph graph, Value value)
    {
        if (value is { ChannelsFirst: true, TimeFolded: false, TimeMajor: false })
            return value;
        if (value.Rank <= 2)
            return graph.AsKeras(value) with { ChannelsFirst = true };
        if (value is { ChannelsFirst: true, TimeFolded: true, Rank: > 3 })
        {
            // (batch and time, channels, …) to (batch, channels, time, …) in a single transpose.
            long[] front = value.TimeMajor ? [1, 2, 0] : [0, 2, 1];
            return value with
            {
                Name = graph.Transpose(graph.Unfold(value), [.. front, .. From(3, value.Rank - 3)]),
                TimeFolded = false,
                TimeMajor = false,
                Steps = null,
            };
        }

        var plain = graph.AsKeras(value);
        return plain with { Name = graph.Transpose(plain.Name, [0, plain.Rank - 1, .. From(1, plain.Rank - 2)]), ChannelsFirst = true };
    }

    /// <summary>To time before batch: (time, batch, …).</summary>
    public static Value AsTimeMajor(this OnnxGraph graph, Value value)
    {
        if (value is { TimeMajor: true, TimeFolded: false })
            return value;
        if (value is { TimeMajor: true, ChannelsFirst: false })
            return value with { Name = graph.Unfold(value), TimeFolded = false, Steps = null };
        var plain = graph.AsKeras(value);
        return plain with { Name = graph.Transpose(plain.Name, [1, 0, .. From(2, plain.Rank - 2)]), TimeMajor = true };
    }

    /// <summary>Makes the steps of (batch, time, …) a batch of their own: a value with one dimension less.</summary>
    public static Value FoldTime(this OnnxGraph graph, Value value)
    {
        if (value.Rank < 3)
            throw new KerasException("shape_rank", "TimeDistributed needs (batch, time, …).");
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

    /// <summary>
    /// Folds time and batch with time first, and moves channels before the spatial dimensions, as a loop over images needs it.
    /// </summary>
    /// <param name="kerasChannelsFirst">True when Keras's own shape has the channels first; then they stay in place.</param>
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
            turned = graph.Transpose(
                plain.Name, [1, 0, .. kerasChannelsFirst ? From(2, plain.Rank - 2) : [plain.Rank - 1, .. From(2, plain.Rank - 3)]]);
        }

        var lying = value.Shape.Skip(2).ToList();
        var name = graph.Fold(turned, kerasChannelsFirst ? lying : [lying[^1], .. lying.SkipLast(1)]);
        return value with
        {
            Name = name,
            ChannelsFirst = !kerasChannelsFirst,
            TimeFolded = true,
            TimeMajor = true,
            Steps = value.Shape[1] is null ? graph.SizesOf(turned, 0, 1) : null,
        };
    }

    /// <summary>The reverse of <see cref="FoldTime"/>; costs nothing until a layer needs another layout.</summary>
    /// <param name="folded">The result of the folded steps.</param>
    /// <param name="before">The value before it was folded.</param>
    public static Value UnfoldTime(this OnnxGraph graph, Value folded, Value before)
    {
        var steps = before.Shape[1] is not null ? null : before.Steps
            ?? (before.TimeMajor ? graph.SizesOf(before.Name, 0, 1) : graph.SizesOf(graph.AsKeras(before).Name, 1, 2));
        var value = new Value(
            folded.Name, [before.Shape[0], before.Shape[1], .. folded.Shape.Skip(1)], folded.ChannelsFirst, TimeFolded: true)
        {
            TimeMajor = before.TimeMajor,
            Steps = steps,
            Element = folded.Element,
        };

        // Without features, (batch × steps) cannot stay folded: it becomes (batch, steps).
        return folded.Rank < 2 || folded.TimeFolded || folded.TimeMajor
            ? graph.AsKeras(value with { Name = graph.AsKeras(folded).Name, ChannelsFirst = false })
            : value;
    }

    private static IEnumerable<long> From(int first, int count) => Enumerable.Range(first, count).Select(i => (long)i);

    /// <summary>Reshapes to one batch of all steps.</summary>
    private static string Fold(this OnnxGraph graph, string name, IReadOnlyList<int?> inner) => inner.All(d => d is not null)
        ? graph.Reshape(name, [-1, .. inner.Select(d => (long)d!)])
        : graph.ReshapeTo(name, graph.Integers(-1), graph.SizesOf(name, 2));

    /// <summary>
    /// Separates batch and time of a folded value, otherwise keeping the layout: (batch, time,
    /// …), or (time, batch, …) where time comes first.
    /// </summary>
    private static string Unfold(this OnnxGraph graph, Value value)
    {
        List<int?> inner = [.. value.Shape.Skip(2)];
        if (value.ChannelsFirst && inner.Count > 1)
            inner = [inner[^1], .. inner.SkipLast(1)];
        if (value.Shape[1] is { } known && inner.TrueForAll(d => d is not null))
            return graph.Reshape(value.Name, [.. value.TimeMajor ? (long[])[known, -1] : [-1, known], .. inner.Select(d => (long)d!)]);
        var time = value.Shape[1] is { } steps
            ? graph.Integers(steps)
            : value.Steps ?? throw new KerasException("shape_unknown", "The number of steps is not known.");
        var batch = graph.Integers(-1);
        return value.TimeMajor
            ? graph.ReshapeTo(value.Name, time, batch, graph.SizesOf(value.Name, 1))
            : graph.ReshapeTo(value.Name, batch, time, graph.SizesOf(value.Name, 1));
    }
}
