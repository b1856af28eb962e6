using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>Attention masks: booleans that broadcast to (batch, queries, keys); true where a query may attend to a key.</summary>
internal static class AttentionMasks
{
    // As in Keras, which adds this to the scores of masked positions.
    private const float Masked = -1e9f;

    /// <summary>Combines all masks; null when nothing is masked.</summary>
    /// <param name="queries">Booleans of (batch, queries), or null.</param>
    /// <param name="keys">Booleans of (batch, keys) each, or null.</param>
    public static string? Of(OnnxGraph graph, string? queries, IEnumerable<string?> keys, string? attention, string? causal)
    {
        List<string> all = [];
        if (queries is not null)
            all.Add(graph.Unsqueeze(queries, 2));
        all.AddRange(keys.OfType<string>().Select(k => graph.Unsqueeze(k, 1)));
        all.AddRange(new[] { attention, causal }.OfType<string>());
        return all.Count == 0 ? null : all.Aggregate((a, b) => graph.Add("And", [a, b]));
    }

    /// <summary>The causal mask (queries, keys): each query attends to keys up to its own position.</summary>
    public static string Causal(OnnxGraph graph, string queries, int queryAxis, string keys, int keyAxis)
    {
        string Places(string of, int axis) => graph.Add(
            "Range", [graph.Integer(0), graph.Squeeze(graph.SizesOf(of, axis, axis + 1), 0), graph.Integer(1)]);
        return graph.Add("GreaterOrEqual", [graph.Unsqueeze(Places(queries, queryAxis), 1), graph.Unsqueeze(Places(keys, keyAxis), 0)]);
    }

    public static string Softmax(OnnxGraph graph, string scores, string? mask)
    {
        var masked = mask is null ? scores : graph.Add("Where", [mask, scores, graph.Scalar(Masked)]);
        return graph.Add("Softmax", [masked], OnnxAttribute.Of("axis", -1L));
    }
}
