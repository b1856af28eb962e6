using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Models;

/// <summary>What will run, but hardly as its maker meant.</summary>
internal static class Warnings
{
    public static IReadOnlyList<string> Of(IReadOnlyList<LayerConfig> layers, IReadOnlyList<Value> outputs)
    {
        var warnings = new List<string>();
        if (outputs is [{ Shape: [.., 1] }] && layers[^1].Has("activation") && layers[^1].Text("activation", "") == "softmax")
            warnings.Add($"The output cannot vary: '{layers[^1].Name}' is a softmax over one unit, which is always 1. Its maker probably meant sigmoid.");
        foreach (var layer in layers.Where(l => l.Flag("stateful")))
            warnings.Add($"'{layer.Name}' is stateful: here each run starts from an empty state.");
        return warnings;
    }
}
