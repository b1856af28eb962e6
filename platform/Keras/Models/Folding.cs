using Siaga.Keras.Graph;

namespace Siaga.Keras.Models;

/// <summary>
/// Folds a multiplication and an addition per channel (batch normalisation at inference) into the weights of the preceding convolution, if
/// no other operator uses the values in between.
/// </summary>
internal static class Folding
{
    public static void Run(OnnxGraph graph)
    {
        var uses = Uses(graph);
        var made = new Dictionary<string, OnnxNode>(StringComparer.Ordinal);
        var kept = new List<OnnxNode>();
        foreach (var node in graph.Nodes)
        {
            if (!TryFold(graph, node, made, uses))
                kept.Add(node);
            foreach (var output in node.Outputs)
                made.TryAdd(output, node);
        }

        graph.Replace(kept);
        DropUnused(graph);
    }

    private static bool TryFold(OnnxGraph graph, OnnxNode node, Dictionary<string, OnnxNode> made, Dictionary<string, int> uses)
    {
        if (node.Op is not ("Mul" or "Add")
            || !made.TryGetValue(node.Inputs[0], out var before)
            || before.Op is not ("Conv" or "ConvTranspose"))
            return false;
        if (uses[before.Outputs[0]] != 1 || ByChannel(graph, node.Inputs[1], before) is not { } factors)
            return false;
        if (node.Op == "Mul")
            Scale(graph, before, factors);
        else
            Shift(graph, before, factors);

        // The convolution now produces the output of the pair.
        uses[node.Outputs[0]] = uses.GetValueOrDefault(node.Outputs[0]);
        before.Outputs[0] = node.Outputs[0];
        made[node.Outputs[0]] = before;
        return true;
    }

    /// <summary>A constant with one number per output channel of the convolution; null for any other.</summary>
    private static float[]? ByChannel(OnnxGraph graph, string name, OnnxNode convolution)
    {
        if (!graph.Constants.TryGetValue(name, out var constant) || constant.Floats is not { } floats)
            return null;
        var kernel = graph.Constants[convolution.Inputs[1]];
        var channels = Channels(convolution, kernel);
        var shape = constant.Shape;
        return floats.Length == channels && shape.Length == kernel.Shape.Length - 1 && shape[0] == channels ? floats : null;
    }

    /// <summary>In a transposed convolution's kernel the output channels are the second dimension; it is never grouped here.</summary>
    private static int Channels(OnnxNode convolution, OnnxConstant kernel) => kernel.Shape[convolution.Op == "Conv" ? 0 : 1];

    private static void Scale(OnnxGraph graph, OnnxNode convolution, float[] factors)
    {
        var kernel = graph.Constants[convolution.Inputs[1]];
        var channels = factors.Length;
        var inner = kernel.Floats!.Length / (convolution.Op == "Conv" ? channels : channels * kernel.Shape[0]);
        float[] scaled = [.. kernel.Floats.Select((w, i) => w * factors[i / inner % channels])];
        convolution.Inputs[1] = graph.Weights("kernel", scaled, kernel.Shape);
        if (convolution.Inputs.Count > 2)
            convolution.Inputs[2] = graph.Weights(
                "bias", [.. graph.Constants[convolution.Inputs[2]].Floats!.Zip(factors, (b, f) => b * f)], channels);
    }

    private static void Shift(OnnxGraph graph, OnnxNode convolution, float[] shift)
    {
        if (convolution.Inputs.Count == 2)
            convolution.Inputs.Add(graph.Weights("bias", shift, shift.Length));
        else
            convolution.Inputs[2] = graph.Weights(
                "bias", [.. graph.Constants[convolution.Inputs[2]].Floats!.Zip(shift, (b, s) => b + s)], shift.Length);
    }

    private static Dictionary<string, int> Uses(OnnxGraph graph)
    {
        var uses = graph.OutputNames.GroupBy(n => n, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (var name in Mentioned(graph))
            uses[name] = uses.GetValueOrDefault(name) + 1;
        return uses;
    }

    /// <summary>Every name used as an input, including inside loop bodies.</summary>
    private static IEnumerable<string> Mentioned(OnnxGraph graph) => graph.Nodes.SelectMany(
        n => n.Inputs.Concat(n.Attributes.Select(a => a.Body).OfType<OnnxGraph>().SelectMany(b => Mentioned(b).Concat(b.OutputNames))));

    /// <summary>Removes operators whose outputs are unused, last first, and then unused constants.</summary>
    private static void DropUnused(OnnxGraph graph)
    {
        var wanted = graph.OutputNames.ToHashSet(StringComparer.Ordinal);
        var kept = new List<OnnxNode>();
        foreach (var node in Enumerable.Reverse(graph.Nodes))
        {
            if (!node.Outputs.Exists(wanted.Contains))
                continue;
            kept.Add(node);
            wanted.UnionWith(node.Inputs);
            foreach (var body in node.Attributes.Select(a => a.Body).OfType<OnnxGraph>())
                wanted.UnionWith(Mentioned(body).Concat(body.OutputNames));
        }

        kept.Reverse();
        graph.Replace(kept);
        foreach (var name in graph.Constants.Keys.Where(n => !wanted.Contains(n)).ToList())
            graph.Constants.Remove(name);
    }
}
