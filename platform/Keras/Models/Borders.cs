using Siaga.Keras.Graph;

namespace Siaga.Keras.Models;

/// <summary>
/// Protects zero padding around images. ONNX Runtime fuses a Pad into the operator after it. A convolution pads with zeros too, but MaxPool
/// pads with the lowest number, and refuses padding as wide as its window. A Pad that names its axes is not fused.
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
