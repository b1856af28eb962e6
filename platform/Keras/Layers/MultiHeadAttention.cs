using System.Text.Json;
using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>
/// Multi-head attention (Vaswani et al. 2017) over one or more axes. Queries, keys and values are projected, each head attends separately,
/// and a final projection combines them. Each projection is one matrix product, whatever the number of heads.
/// </summary>
[KerasNames("MultiHeadAttention")]
internal sealed class MultiHeadAttentionLayer : Layer
{
    public override IEnumerable<WeightPart> Parts(LayerConfig config) =>
        [
        Part(config, "query", "query_dense"), Part(config, "key", "key_dense"), Part(config, "value", "value_dense"),
        Part(config, "attention_output", "output_dense"),
    ];

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var (graph, config) = (context.Graph, context.Config);
        if (config.Flag("use_gate") || config.Has("sliding_window"))
            throw context.Unsupported("a gate and a sliding window are not supported");
        var query = call.Input;
        var value = Given(call, 1, "value")
            ?? (call.Inputs.Count > 1 ? call.Inputs[1] : throw context.Unsupported("it is called without a value"));
        var key = Given(call, 2, "key") ?? value;
        if (query.Rank < 3 || value.Rank != query.Rank || key.Rank != query.Rank)
            throw context.Unsupported("its query, value and key are (batch, …, features), of one rank");
        for (var i = 1; i < query.Rank - 1; i++)
        {
            if (key.Shape[i] != value.Shape[i])
                throw context.Unsupported("its keys are not as many as its values");
        }

        var heads = new Heads(context, query.Rank);
        var (keySize, valueSize) = (config.Size("key_dim"), config.Has("value_dim") ? config.Size("value_dim") : config.Size("key_dim"));
        var q = heads.Project(graph.AsKeras(query), "query", keySize);
        var k = heads.Project(graph.AsKeras(key), "key", keySize);
        var v = heads.Project(graph.AsKeras(value), "value", valueSize);
        var scaled = graph.Add("Mul", [q, graph.Scalar(1 / MathF.Sqrt(keySize))]);
        var scores = graph.Add("MatMul", [scaled, graph.Transpose(k, [.. heads.AllBut(2), heads.Lying - 1, heads.Lying - 2])]);
        var weights = AttentionMasks.Softmax(graph, scores, Mask(context, call, heads, query, value, key, q, k));
        var output = heads.Join(graph.Add("MatMul", [weights, v]), graph.AsKeras(query), valueSize) with { Mask = query.Mask };
        if (!call.Flag("return_attention_scores"))
            return [output];
        if (heads.Axes.Count != 1)
            throw context.Unsupported("scores over several axes are not returned");
        List<int?> shape =
        [
            query.Shape[0], .. heads.Free.Select(a => query.Shape[a]), heads.Count, query.Shape[heads.Axes[0]], key.Shape[heads.Axes[0]],
        ];
        return [output, new Value(weights, shape)];
    }

    private static Value? Given(LayerCall call, int index, string name) =>
        call.Argument(index, name) is TensorOperand tensor ? tensor.Value : null;

    private static string? Mask(LayerContext context, LayerCall call, Heads heads, Value query, Value value, Value key, string q, string k)
    {
        var graph = context.Graph;
        string? Named(string name, Value of) => Masks.Of(context, Given(call, -1, name) ?? of.Mask, of);
        var keyMask = Given(call, 2, "key") is null ? null : Named("key_mask", key);
        var attention = Given(call, 3, "attention_mask") is { } given ? Attention(context, given, heads, query, key) : null;
        var causal = call.Flag("use_causal_mask") ? AttentionMasks.Causal(graph, q, heads.Lying - 2, k, heads.Lying - 2) : null;
        var masks = AttentionMasks.Of(graph, Named("query_mask", query), [Named("value_mask", value), keyMask], null, causal);
        if (masks is not null && query.Rank != 3 && causal != masks)
            throw context.Unsupported("a mask on more than one axis is not supported");

        // (batch, queries, keys) gets a dimension for the heads.
        if (masks is not null && masks != causal)
            masks = graph.Unsqueeze(masks, 1);
        if (attention is null)
            return masks;
        return masks is null ? attention : graph.Add("And", [masks, attention]);
    }

    /// <summary>The attention mask: booleans of (batch, queries, keys), optionally per head, arranged like the heads.</summary>
    private static string Attention(LayerContext context, Value given, Heads heads, Value query, Value key)
    {
        var graph = context.Graph;
        IReadOnlyList<int?> shape = given.Rank == 3 && query.Rank == 3 ? [given.Shape[0], 1, .. given.Shape.Skip(1)] : given.Shape;
        int?[] wanted =
            [.. Enumerable.Repeat((int?)null, heads.Lying - 3), heads.Count, query.Shape[heads.Axes[0]], key.Shape[heads.Axes[0]]];
        if (heads.Axes.Count != 1
            || shape.Count != heads.Lying
            || !shape.Zip(wanted).All(d => d.First is null or 1 || d.Second is null || d.First == d.Second))
            throw context.Unsupported($"an attention mask of ({string.Join(", ", given.Shape)}) does not fit its query and key");
        var plain = graph.AsKeras(given);
        var name = plain.Element == Element.Truth ? plain.Name : graph.AsTruth(plain.Name);
        return shape.Count == given.Rank ? name : graph.Unsqueeze(name, 1);
    }

    /// <summary>Keras stores each projection as a separate layer.</summary>
    private static WeightPart Part(LayerConfig config, string name, string folder)
    {
        var settings = new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = name };
        if (config.Flag("use_bias", true))
            settings["bias_axes"] = "e";
        var layer = JsonSerializer.SerializeToElement(
            new Dictionary<string, object>(StringComparer.Ordinal) { ["class_name"] = "EinsumDense", ["config"] = settings });
        return new WeightPart(name, LayerConfig.Of(layer), folder, "_" + folder);
    }
}

/// <summary>The layout of the heads: (batch, free axes …, heads, attended axes as one, features).</summary>
internal sealed class Heads
{
    private readonly LayerContext _context;
    private readonly int _rank;

    public Heads(LayerContext context, int rank)
    {
        (_context, _rank) = (context, rank);
        Count = context.Config.Size("num_heads");
        Axes = context.Config.Has("attention_axes")
            ? [.. context.Config.Axes("attention_axes", 1).Select(a => a < 0 ? a + rank : a).Order()]
            : [.. Enumerable.Range(1, rank - 2)];
        if (Axes.Count == 0 || Axes.Any(a => a < 1 || a >= rank - 1) || Axes.Distinct().Count() != Axes.Count)
            throw context.Unsupported("it attends over axes that its input does not have");
        Free = [.. Enumerable.Range(1, rank - 2).Except(Axes)];
    }

    public int Count { get; }

    /// <summary>The attended axes, as Keras's dimensions.</summary>
    public IReadOnlyList<int> Axes { get; }

    public IReadOnlyList<int> Free { get; }

    /// <summary>The rank of a projected tensor.</summary>
    public int Lying => Free.Count + 4;

    public IEnumerable<long> AllBut(int last) => Enumerable.Range(0, Lying - last).Select(i => (long)i);

    /// <summary>Projects a value and moves the heads into place.</summary>
    public string Project(Value x, string name, int size)
    {
        var graph = _context.Graph;
        var projected = Dense(x.Name, name, x.Known(-1), [Count, size], inputFirst: true);
        var apart = graph.Reshape(projected, [.. Enumerable.Repeat(0L, _rank - 1), Count, size]);
        var turned = graph.Transpose(apart, [0, .. Free.Select(a => (long)a), _rank - 1, .. Axes.Select(a => (long)a), _rank]);
        return Axes.Count == 1 ? turned : graph.Reshape(
            turned, [.. Enumerable.Repeat(0L, Free.Count + 2), Axes.Aggregate(1L, (product, a) => checked(product * x.Known(a))), size]);
    }

    /// <summary>Combines the results of the heads and projects them to the layer's output.</summary>
    public Value Join(string x, Value query, int size)
    {
        var graph = _context.Graph;
        if (Axes.Count > 1)
            x = graph.Reshape(x, [.. Enumerable.Repeat(0L, Free.Count + 2), .. Axes.Select(a => (long)query.Known(a)), size]);

        // The current positions of (batch, axes in Keras's order, heads, features).
        var order = Enumerable.Range(1, _rank - 2).Select(a => Free.Contains(a) ? 1L + Index(Free, a) : 2L + Free.Count + Index(Axes, a));
        var turned = graph.Transpose(x, [0, .. order, 1 + Free.Count, _rank]);
        var joined = graph.Reshape(turned, [.. Enumerable.Repeat(0L, _rank - 1), checked(Count * size)]);
        int[] wanted = _context.Config.Has("output_shape") ? _context.Config.Axes("output_shape", 0) : [query.Known(-1)];
        if (wanted.Length == 0 || Array.Exists(wanted, w => w <= 0))
            throw _context.Unsupported("its 'output_shape' cannot be read");
        var output = Dense(joined, "attention_output", Count, [size, .. wanted], inputFirst: false);
        if (wanted.Length > 1)
            output = graph.Reshape(output, [.. Enumerable.Repeat(0L, _rank - 1), .. wanted.Select(w => (long)w)]);
        return new Value(output, [.. query.Leading, .. wanted.Select(w => (int?)w)]);
    }

    /// <summary>A matrix product with a kernel that is flattened to two dimensions, plus a bias.</summary>
    private string Dense(string x, string part, int first, int[] rest, bool inputFirst)
    {
        var (graph, weights) = (_context.Graph, _context.Part(part, _context.Config));
        var kernel = weights.Weight(0, [first, .. rest]).Values;
        int[] biasShape = inputFirst ? rest : rest[1..];
        var (rows, columns) = inputFirst ? (first, Product(rest)) : (checked(first * rest[0]), Product(biasShape));
        var name = graph.Add("MatMul", [x, graph.Weights(part, kernel, rows, columns)]);
        return _context.Config.Flag("use_bias", true)
            ? graph.Add("Add", [name, graph.Weights("bias", weights.Weight(1, biasShape).Values, columns)])
            : name;
    }

    private static int Index(IReadOnlyList<int> list, int item)
    {
        var at = 0;
        while (list[at] != item)
            at++;
        return at;
    }

    private static int Product(int[] sizes) => sizes.Aggregate(1, (a, b) => checked(a * b));
}
