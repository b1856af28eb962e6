namespace Siaga.Keras.Graph;

/// <summary>The element type of a tensor. All arithmetic is in 32-bit floats; masks are booleans.</summary>
internal enum Element
{
    Float,
    Truth,
}

/// <summary>
/// A tensor between two layers. Its shape is Keras's; its memory layout may differ, so that consecutive layers with the same preferred
/// layout need no transpose in between.
/// </summary>
/// <param name="Name">The name of the ONNX tensor.</param>
/// <param name="Shape">Keras's shape, batch first; null for a size that is known only at run time.</param>
/// <param name="ChannelsFirst">The shape's last dimension is stored before the spatial ones.</param>
/// <param name="TimeFolded">The batch and the shape's second dimension are stored as one dimension.</param>
internal sealed record Value(string Name, IReadOnlyList<int?> Shape, bool ChannelsFirst = false, bool TimeFolded = false)
{
    public int Rank => Shape.Count;

    /// <summary>
    /// The second dimension is stored before the batch, as loops and ONNX's recurrent operators need it; also when the two are folded.
    /// </summary>
    public bool TimeMajor { get; init; }

    /// <summary>When time is folded and its length unknown: the ONNX name of a vector with that length.</summary>
    public string? Steps { get; init; }

    /// <summary>Keras's mask, booleans of (batch, time); null when nothing is masked.</summary>
    public Value? Mask { get; init; }

    public Element Element { get; init; }

    public bool IsPlain => !ChannelsFirst && !TimeFolded && !TimeMajor;

    /// <summary>All dimensions except the last.</summary>
    public IEnumerable<int?> Leading => Shape.Take(Rank - 1);

    /// <summary>Converts an axis to a non-negative index; Keras also counts from the end.</summary>
    /// <exception cref="KerasException">The tensor has no such axis.</exception>
    public int Axis(int axis) => axis >= -Rank && axis < Rank
        ? axis < 0 ? Rank + axis : axis
        : throw new KerasException("shape_rank", $"An input of {Rank} dimensions has no axis {axis}.");

    /// <summary>The size of a dimension that must be known when the model is read.</summary>
    /// <exception cref="KerasException">The size is unknown.</exception>
    public int Known(int axis)
    {
        return Shape[Axis(axis)] ?? throw new KerasException("shape_unknown", "This layer needs a dimension that the model leaves open.");
    }

    /// <summary>The stored position of one of Keras's dimensions; null when it is folded into another one.</summary>
    public int? LyingAxis(int axis)
    {
        var at = Axis(axis);
        var last = at == Rank - 1 && Rank > (TimeFolded ? 3 : 2);
        if (TimeFolded)
            return at < 2 ? null : !ChannelsFirst ? at - 1 : last ? 1 : Rank == 3 ? at - 1 : at;
        if (TimeMajor)
            return at switch { 0 => 1, 1 => 0, _ => at };
        return !ChannelsFirst || at == 0 || Rank <= 2 ? at : last ? 1 : at + 1;
    }
}
