using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Models;

/// <summary>Finds problems with which a model still runs, but probably not as its author intended.</summary>
internal static class Warnings
{
    public static IReadOnlyList<string> Of(LayerConfig model, IReadOnlyList<LayerConfig> layers, IReadOnlyList<Value> outputs)
    {
        var warnings = new List<string>();
        var last = Last(model).ToList();
        for (var i = 0; i < outputs.Count && i < last.Count; i++)
        {
            if (outputs[i].Shape is [_, .., 1] && IsSoftmax(last[i]))
                warnings.Add(
                    $"The output cannot vary: '{last[i].Name}' is a softmax over one unit, which is always 1. "
                    + "Sigmoid was probably intended.");
        }

        warnings.AddRange(
            All(layers).Where(l => l.Flag("stateful")).Select(l => $"'{l.Name}' is stateful: here each run starts from an empty state."));
        return warnings;
    }

    /// <summary>The layers that produce the outputs, also inside nested models and wrappers.</summary>
    private static IEnumerable<LayerConfig> Last(LayerConfig layer) => layer.ClassName switch
    {
        "Sequential" => Last(ModelLayout.LayersOf(layer)[^1]),
        "TimeDistributed" when layer.Has("layer") => Last(layer.Inner("layer")),
        "Functional" or "Model" => LastOf(layer),
        _ => [layer],
    };

    private static IEnumerable<LayerConfig> LastOf(LayerConfig model)
    {
        var layers = ModelLayout.LayersOf(model).ToDictionary(l => l.Name, StringComparer.Ordinal);
        return new FunctionalGraph(model).Outputs.SelectMany(o => Last(layers[o.Layer]).Take(1));
    }

    private static bool IsSoftmax(LayerConfig layer) => layer.ClassName switch
    {
        "Softmax" => layer.Axes("axis", -1) is [-1],
        _ => layer.Has("activation") && layer["activation"].ToString() is "softmax" or "Softmax",
    };

    private static IEnumerable<LayerConfig> All(IEnumerable<LayerConfig> layers) => layers.SelectMany(l => l.ClassName switch
    {
        "Sequential" or "Functional" or "Model" => All(ModelLayout.LayersOf(l)),
        _ when l.Has("layer") => [l, .. All([l.Inner("layer")])],
        _ => [l],
    });
}
