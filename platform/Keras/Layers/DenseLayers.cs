using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

[KerasNames("Dense")]
internal sealed class DenseLayer : ElementwiseLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) =>
        [new("kernel"), .. config.Flag("use_bias", true) ? [new Variable("bias")] : Array.Empty<Variable>()];

    protected override Value Apply(LayerContext context, Value input)
    {
        // Works on the last dimension, so it does not matter whether steps are folded or come before the batch.
        var x = input.ChannelsFirst ? context.Graph.AsKeras(input) : input;
        if (x.Rank < 2)
            throw context.Unsupported("it needs (batch, …, features)");
        var units = context.Config.Size("units");
        var name = context.Graph.Add(
            "MatMul", [x.Name, context.Graph.Weights("kernel", context.Weight(0, x.Known(-1), units).Values, x.Known(-1), units)]);
        if (context.Config.Flag("use_bias", true))
            name = context.Graph.Add("Add", [name, context.Graph.Weights("bias", context.Weight(1, units).Values, units)]);
        return Activations.Apply(context, "activation", x with { Name = name, Shape = [.. x.Leading, units] });
    }
}

[KerasNames("EinsumDense")]
internal sealed class EinsumDenseLayer : ElementwiseLayer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) =>
        [new("kernel"), .. config.Has("bias_axes") ? [new Variable("bias")] : Array.Empty<Variable>()];

    protected override Value Apply(LayerContext context, Value input)
    {
        var x = context.Graph.AsKeras(input);
        var equation = context.Config.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        if (equation.Split(["->", ","], StringSplitOptions.None) is not [
            { Length: > 0 } left, { Length: > 0 } kernel, { Length: > 0 } right])
            throw context.Unsupported($"the equation '{equation}' is not 'input,kernel->output'");
        var weights = context.Weights.Own.Count > 0 ? context.Weights.Own[0] : throw context.Unsupported("it has no kernel");
        if (weights.Shape.Count != kernel.Length)
            throw context.Unsupported($"its kernel has {weights.Shape.Count} dimensions and the equation needs {kernel.Length}");
        var sizes = Sizes(context, x, left, kernel, weights);
        var name = context.Graph.Add(
            "Einsum",
            [x.Name, context.Graph.Weights("kernel", weights.Values, [.. weights.Shape])],
            OnnxAttribute.Of("equation", equation));
        var ellipsis = x.Rank - left.Replace("...", "", StringComparison.Ordinal).Length;
        List<int?> shape = [.. Letters(right).SelectMany(
            l => l is '.' ? x.Shape.Skip(left.IndexOf('.', StringComparison.Ordinal)).Take(ellipsis) : [sizes[l]])];
        if (context.Config.Has("bias_axes"))
            name = context.Graph.Add("Add", [name, Bias(context, right, sizes)]);
        return Activations.Apply(context, "activation", new Value(name, shape));
    }

    /// <summary>The letters of a term, with a single dot for an ellipsis.</summary>
    private static string Letters(string term) => term.Replace("...", ".", StringComparison.Ordinal);

    private static Dictionary<char, int?> Sizes(LayerContext context, Value x, string left, string kernel, WeightArray weights)
    {
        var letters = Letters(left);
        var extra = x.Rank - (letters.Length - (letters.Contains('.', StringComparison.Ordinal) ? 1 : 0));
        if (extra < 0 || (extra > 0 && !letters.Contains('.', StringComparison.Ordinal)))
            throw context.Unsupported($"its input has {x.Rank} dimensions and the equation needs '{left}'");
        var sizes = new Dictionary<char, int?>();
        var at = 0;
        foreach (var letter in letters)
        {
            if (letter == '.')
                at += extra;
            else
                sizes[letter] = x.Shape[at++];
        }

        for (var i = 0; i < kernel.Length; i++)
        {
            if (sizes.TryGetValue(kernel[i], out var given) && given is { } size && size != weights.Shape[i])
                throw new KerasException(
                    "weights_shape",
                    $"The kernel of '{context.Config.Name}' is {weights.Shape[i]} along '{kernel[i]}', its input {size}.",
                    context.Config.Name);
            sizes[kernel[i]] = weights.Shape[i];
        }

        return sizes;
    }

    /// <summary>The bias over its axes, with size one for the axes along which it is broadcast.</summary>
    private static string Bias(LayerContext context, string right, Dictionary<char, int?> sizes)
    {
        var axes = context.Config.Text("bias_axes", "");
        var letters = Letters(right);
        var first = letters.IndexOfAny([.. axes]);
        int[] own = [.. letters.Where(axes.Contains).Select(l => sizes[l] ?? 1)];
        int[] spread = [.. letters.Skip(first).Select(l => axes.Contains(l, StringComparison.Ordinal) ? sizes[l] ?? 1 : 1)];
        var bias = context.Weights.Own.Count > 1 ? context.Weights.Own[1] : context.Weight(1);
        if (bias.Values.Length != own.Aggregate(1, (a, b) => a * b))
            throw new KerasException(
                "weights_shape", $"The bias of '{context.Config.Name}' has {bias.Values.Length} numbers.", context.Config.Name);
        return context.Graph.Weights("bias", bias.Values, spread);
    }
}

[KerasNames("Embedding")]
internal sealed class EmbeddingLayer : Layer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => [new("embeddings")];

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var x = context.Graph.AsKeras(call.Input);
        var (rows, columns) = (context.Config.Size("input_dim"), context.Config.Size("output_dim"));
        var table = context.Graph.Weights("embeddings", context.Weight(0, rows, columns).Values, rows, columns);
        var name = context.Graph.Add("Gather", [table, context.Graph.AsInteger(x.Name)]);
        var mask = context.Config.Flag("mask_zero")
            ? new Value(context.Graph.Add("Not", [context.Graph.Add("Equal", [x.Name, context.Graph.Scalar(0)])]), x.Shape)
                { Element = Element.Truth }
            : null;
        return [new Value(name, [.. x.Shape, columns]) { Mask = mask }];
    }
}
