using Siaga.Keras.Layers;

namespace Siaga.Keras.Weights;

/// <summary>One array of weights, row-major.</summary>
/// <param name="Name">The name in the file, e.g. <c>lstm/lstm_cell/kernel:0</c>.</param>
internal sealed record WeightArray(string Name, IReadOnlyList<int> Shape, float[] Values);

/// <summary>A variable of a layer.</summary>
/// <param name="Name">Keras's name for it.</param>
/// <param name="Trainable">False for statistics, which old files list after all trainable variables.</param>
internal sealed record Variable(string Name, bool Trainable = true);

/// <summary>A part of a layer with weights of its own.</summary>
/// <param name="Key">The key with which the layer requests it.</param>
/// <param name="Paths">Where a <c>.keras</c> archive may store it, relative to the layer.</param>
internal sealed record WeightPart(string Key, LayerConfig Config, params string[] Paths);

/// <summary>The weights of a layer and its parts, derived from its configuration alone.</summary>
/// <param name="Config">The layer.</param>
/// <param name="Own">In the order in which Keras creates them.</param>
/// <param name="Folders">Where an archive may store them, relative to the layer: <c>vars</c>, <c>cell/vars</c>.</param>
/// <param name="Parts">Nested layers.</param>
internal sealed record WeightPlan(
    LayerConfig Config, IReadOnlyList<Variable> Own, IReadOnlyList<string> Folders, IReadOnlyList<(WeightPart Part, WeightPlan Plan)> Parts)
{
    private const int MaxDepth = 32;

    public int Count => Own.Count + Parts.Sum(p => p.Plan.Count);

    /// <exception cref="KerasException">A layer is unknown, or the layers are nested too deeply.</exception>
    public static WeightPlan Of(LayerConfig config, int depth = 0)
    {
        if (depth > MaxDepth)
            throw new KerasException("model_too_deep", $"Layers are nested more than {MaxDepth} deep.", config.Name);
        var layer = Layer.Of(config);
        return new WeightPlan(
            config, [.. layer.Variables(config)], layer.Folders, [.. layer.Parts(config).Select(p => (p, Of(p.Config, depth + 1)))]);
    }

    /// <summary>The names of the layer and everything nested in it.</summary>
    public IEnumerable<string> Names() => Parts.SelectMany(p => p.Plan.Names()).Append(Config.Name);

    /// <summary>All variables in Keras's order: true for those that the file's author left trainable.</summary>
    public IEnumerable<bool> Trainables(bool outer = true)
    {
        var mine = outer && Config.Flag("trainable", true);
        return Own.Select(v => mine && v.Trainable).Concat(Parts.SelectMany(p => p.Plan.Trainables(mine)));
    }
}

/// <summary>The weights of a layer and of its parts.</summary>
internal sealed record WeightNode(IReadOnlyList<WeightArray> Own, IReadOnlyDictionary<string, WeightNode> Parts)
{
    public static WeightNode None { get; } = new([], new Dictionary<string, WeightNode>(StringComparer.Ordinal));

    public long Count => Own.Sum(w => (long)w.Values.Length) + Parts.Values.Sum(p => p.Count);
}
