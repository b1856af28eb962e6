using Siaga.Keras.Graph;

namespace Siaga.Keras.Models;

/// <summary>
/// Keeps zeros round a picture what they are. ONNX Runtime puts a Pad into the operator behind it; a convolution pads with zeros too, but
/// MaxPool's own border is lower than any number, and it refuses one as wide as its window. A Pad that names its axes is left alone.
/// </summary>
internal static class Borders
{
    public static void Run(OnnxGraph graph)
    {
        foreach (var pad in graph.Nodes.Where(n => n.Op == "Pad" && n.Inputs.Count == 2).ToList())
        {
            List<OnnxNode> users = [.. graph.Nodes.Where(n => n.Inputs.Contains(pad.Outputs[0]))];
            if (users is [{ Op: "Conv" }] || !graph.Constants.TryGetValue(pad.Inputs[1], out var pads))
                continue;
            pad.Inputs.AddRange(["", graph.Integers([.. Enumerable.Range(0, pads.Integers!.Length / 2).Select(i => (long)i)])]);
        }
    }
}
