using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>What a layer needs for its conversion.</summary>
/// <param name="Graph">Receives the operators.</param>
/// <param name="Config">The layer's settings.</param>
/// <param name="Weights">The layer's weights, in its own order.</param>
/// <param name="KerasMajor">2 or 3: some functions differ.</param>
internal sealed record LayerContext(OnnxGraph Graph, LayerConfig Config, WeightNode Weights, int KerasMajor)
{
    public LayerContext Part(string key, LayerConfig config) =>
        this with { Config = config, Weights = Weights.Parts.GetValueOrDefault(key, WeightNode.None) };

    /// <summary>The weights at an index in the layer's own order, with the given shape; -1 allows any size.</summary>
    /// <exception cref="KerasException">The weights are missing or have another shape.</exception>
    public WeightArray Weight(int index, params ReadOnlySpan<int> shape)
    {
        if (index >= Weights.Own.Count)
            throw new KerasException(
                "weights_missing",
                $"The layer '{Config.Name}' ({Config.ClassName}) has {Weights.Own.Count} arrays of weights and needs more.",
                Config.Name);
        var weight = Weights.Own[index];
        var fits = weight.Shape.Count == shape.Length;
        for (var i = 0; fits && i < shape.Length; i++)
            fits = shape[i] < 0 || shape[i] == weight.Shape[i];
        return fits ? weight : throw new KerasException(
            "weights_shape",
            $"The weights '{weight.Name}' of the layer '{Config.Name}' are [{string.Join(',', weight.Shape)}], "
            + $"not [{string.Join(',', shape.ToArray())}].",
            Config.Name);
    }

    public KerasException Unsupported(string what) =>
        new("layer_unsupported", $"The layer '{Config.Name}' ({Config.ClassName}): {what}.", Config.Name);

    /// <exception cref="KerasException">The input has another rank.</exception>
    public void RequireRank(Value input, int rank)
    {
        if (input.Rank != rank)
            throw new KerasException(
                "shape_rank",
                $"The layer '{Config.Name}' ({Config.ClassName}) needs an input of {rank} dimensions and gets {input.Rank}.",
                Config.Name);
    }
}
