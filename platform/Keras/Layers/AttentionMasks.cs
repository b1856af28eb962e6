using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>Which places may look at which: truth values that broadcast to (batch, queries, keys).</summary>
internal static class AttentionMasks
{
    // As Keras, which adds it to what is masked.
    private const float Masked = -1e9f;

    /// <summary>All masks at once; null: everything may look at everything.</summary>
    /// <param name="queries">Truth values of (batch, queries), or null.</param>
    /// <param name="keys">Truth values of (batch, keys) each, or null.</param>
    public static string? Of(OnnxGraph graph, string? queries, IEnumerable<string?> keys, string? attention, string? causal)
    {
        List<string> all = [];
        if (queries is not null)
            all.Add(graph.Unsqueeze(queries, 2));
        all.AddRange(keys.OfType<string>().Select(k => graph.Unsqueeze(k, 1)));
        all.AddRange(new[] { attention, causal }.OfType<string>());
        return all.Count == 0 ? null : all.Aggregate((a, b) => graph.Add("And", [a, b]));
    }

    /// <summary>Each query looks at keys up to its own place: (queries, keys).</summary>
    public static string Causal(OnnxGraph graph, string queries, int queryAxis, string keys, int keyAxis)
    {
        string Places(string of, int axis) => graph.Add("Range", [graph.Integer(0), graph.Squeeze(graph.SizesOf(of, axis, axis + 1), 0), graph.Integer(1)]);
        return graph.Add("GreaterOrEqual", [graph.Unsqueeze(Places(queries, queryAxis), 1), graph.Unsqueeze(Places(keys, keyAxis), 0)]);
    }

    public static string Softmax(OnnxGraph graph, string scores, string? mask)
    {
        var masked = mask is null ? scores : graph.Add("Where", [mask, scores, graph.Scalar(Masked)]);
        return graph.Add("Softmax", [masked], OnnxAttribute.Of("axis", -1L));
    }
}
