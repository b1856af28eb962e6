namespace Siaga.Keras.Graph;

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

    /// <summary>A dimension that the operator cannot do without.</summary>
    /// <exception cref="KerasException">It is unknown.</exception>
    public int Known(int axis) => Shape[axis < 0 ? Rank + axis : axis]
        ?? throw new KerasException("shape_unknown", "This layer needs a dimension that the model leaves open.");
}
