using Siaga.Keras.Containers;
using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>What a layer has at hand while it becomes operators.</summary>
/// <param name="Graph">Where the operators go.</param>
/// <param name="Config">The layer's settings.</param>
/// <param name="Weights">The layer's weights, in its own order.</param>
/// <param name="KerasMajor">2 or 3: some functions differ.</param>
internal sealed record LayerContext(OnnxGraph Graph, LayerConfig Config, IReadOnlyList<WeightArray> Weights, int KerasMajor)
{
    /// <summary>The weights at a place in the layer's own order, of that shape; -1 leaves a dimension open.</summary>
    /// <exception cref="KerasException">They are missing or of another shape.</exception>
    public WeightArray Weight(int index, params ReadOnlySpan<int> shape)
    {
        if (index >= Weights.Count)
            throw new KerasException("weights_missing", $"The layer '{Config.Name}' ({Config.ClassName}) has {Weights.Count} arrays of weights and needs more.", Config.Name);
        var weight = Weights[index];
        var fits = weight.Shape.Count == shape.Length;
        for (var i = 0; fits && i < shape.Length; i++)
            fits = shape[i] < 0 || shape[i] == weight.Shape[i];
        return fits ? weight : throw new KerasException(
            "weights_shape", $"The weights '{weight.Name}' of the layer '{Config.Name}' are [{string.Join(',', weight.Shape)}], not [{string.Join(',', shape.ToArray())}].", Config.Name);
    }

    public KerasException Unsupported(string what) =>
        new("layer_unsupported", $"The layer '{Config.Name}' ({Config.ClassName}): {what}.", Config.Name);
}
