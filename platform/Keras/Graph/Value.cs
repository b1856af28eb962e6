namespace Siaga.Keras.Graph;

/// <summary>What a tensor holds. Everything is computed in 32-bit floats; masks are truth values.</summary>
internal enum Element
{
    Float,
    Truth,
}

/// <summary>
/// A tensor between two layers. Its shape is Keras's; how it lies in memory may differ, so that neighbours which agree on another
/// layout pass it on without a transpose.
/// </summary>
/// <param name="Name">The ONNX name of the tensor as it lies.</param>
/// <param name="Shape">Keras's shape, batch first; null: known only when it runs.</param>
/// <param name="ChannelsFirst">The last dimension of the shape lies before the spatial ones.</param>
/// <param name="TimeFolded">Batch and the second dimension of the shape lie as one.</param>
internal sealed record Value(string Name, IReadOnlyList<int?> Shape, bool ChannelsFirst = false, bool TimeFolded = false)
{
    public int Rank => Shape.Count;

    /// <summary>The second dimension lies before the batch, as loops and ONNX's recurrent operators want it; also where the two are folded.</summary>
    public bool TimeMajor { get; init; }

    /// <summary>Where time is folded and its length unknown: the ONNX name of a vector with that length.</summary>
    public string? Steps { get; init; }

    /// <summary>Keras's mask, truth values of (batch, time); null: nothing is masked.</summary>
    public Value? Mask { get; init; }

    public Element Element { get; init; }

    public bool IsPlain => !ChannelsFirst && !TimeFolded && !TimeMajor;

    /// <summary>The batch dimension and all that stands before the last one.</summary>
    public IEnumerable<int?> Leading => Shape.Take(Rank - 1);

    /// <summary>A dimension's place from the first on; Keras counts from the last too.</summary>
    /// <exception cref="KerasException">There is none such.</exception>
    public int Axis(int axis) => axis >= -Rank && axis < Rank
        ? axis < 0 ? Rank + axis : axis
        : throw new KerasException("shape_rank", $"An input of {Rank} dimensions has no axis {axis}.");

    /// <summary>A dimension that the operator cannot do without.</summary>
    /// <exception cref="KerasException">It is unknown.</exception>
    public int Known(int axis)
    {
        return Shape[Axis(axis)] ?? throw new KerasException("shape_unknown", "This layer needs a dimension that the model leaves open.");
    }

    /// <summary>Where one of Keras's dimensions lies in memory; null where it does not lie by itself.</summary>
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
