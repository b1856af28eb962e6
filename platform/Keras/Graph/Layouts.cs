namespace Siaga.Keras.Graph;

/// <summary>Brings a value into the layout that an operator wants; free where it lies so already.</summary>
internal static class Layouts
{
    /// <summary>As Keras's shape says.</summary>
    public static Value AsKeras(this OnnxGraph graph, Value value)
    {
        var name = value.Name;
        var lying = value.TimeFolded ? value.Rank - 1 : value.Rank;
        if (value.ChannelsFirst && lying > 2)
            name = graph.Add("Transpose", [name], OnnxAttribute.Of("perm", [0, .. Enumerable.Range(2, lying - 2).Select(i => (long)i), 1]));
        if (value.TimeFolded)
            name = graph.Add("Reshape", [name, graph.Integers([-1, .. Enumerable.Range(1, value.Rank - 1).Select(i => (long)value.Known(i))])]);
        return new Value(name, value.Shape);
    }

    /// <summary>Channels before the spatial dimensions, batch alone in front.</summary>
    public static Value AsChannelsFirst(this OnnxGraph graph, Value value)
    {
        if (value is { ChannelsFirst: true, TimeFolded: false })
            return value;
        var plain = graph.AsKeras(value);
        if (plain.Rank <= 2)
            return plain with { ChannelsFirst = true };
        var name = graph.Add(
            "Transpose", [plain.Name], OnnxAttribute.Of("perm", [0, plain.Rank - 1, .. Enumerable.Range(1, plain.Rank - 2).Select(i => (long)i)]));
        return plain with { Name = name, ChannelsFirst = true };
    }

    /// <summary>The steps of (batch, time, …) as a batch of their own: a value of one dimension less.</summary>
    public static Value FoldTime(this OnnxGraph graph, Value value)
    {
        var inner = new List<int?>(value.Shape.Skip(2));
        inner.Insert(0, null);
        if (value.TimeFolded)
            return new Value(value.Name, inner, value.ChannelsFirst);
        var plain = graph.AsKeras(value);
        var shape = Enumerable.Range(2, plain.Rank - 2).Select(i => (long)plain.Known(i)).Prepend(-1).ToArray();
        return new Value(graph.Add("Reshape", [plain.Name, graph.Integers(shape)]), inner);
    }

    /// <summary>The reverse of <see cref="FoldTime"/>, at no cost until somebody wants it otherwise.</summary>
    public static Value UnfoldTime(Value folded, int? batch, int? steps) =>
        new(folded.Name, [batch, steps, .. folded.Shape.Skip(1)], folded.ChannelsFirst, TimeFolded: true);
}
