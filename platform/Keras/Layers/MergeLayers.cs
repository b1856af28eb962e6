using Siaga.Keras.Graph;
using Siaga.Keras.Operations;

namespace Siaga.Keras.Layers;

/// <summary>Brings several values to the same layout, so that they can be combined element by element.</summary>
internal static class Alike
{
    /// <param name="fillAfterBatch">A value of lower rank gets its missing dimensions after the batch, as in Keras's merging layers,
    /// instead of in front.</param>
    public static IReadOnlyList<Value> Of(OnnxGraph graph, IReadOnlyList<Value> values, bool fillAfterBatch)
    {
        var rank = values.Max(v => v.Rank);
        if (fillAfterBatch && values.Any(v => v.Rank != rank))
            values = [.. values.Select(v => Raise(graph, v, rank))];
        if (values.All(
            v => v.Rank == rank
                && v.ChannelsFirst == values[0].ChannelsFirst
                && v.TimeFolded == values[0].TimeFolded
                && v.TimeMajor == values[0].TimeMajor
                && Same(v, values[0])))
            return values;
        return rank > 2 && values.All(v => v.Rank == rank) && values.Any(v => v.ChannelsFirst) && values.All(v => !v.TimeMajor)
            ? [.. values.Select(graph.AsChannelsFirst)]
            : [.. values.Select(graph.AsKeras)];
    }

    /// <summary>The broadcast shape.</summary>
    public static IReadOnlyList<int?> Broadcast(LayerContext context, IEnumerable<IReadOnlyList<int?>> shapes)
    {
        IReadOnlyList<int?> result = [];
        foreach (var shape in shapes)
        {
            var rank = Math.Max(result.Count, shape.Count);
            var (a, b) = (Pad(result, rank), Pad(shape, rank));
            result = [.. a.Zip(b, (x, y) => x == 1 ? y : y == 1 || x == y ? x : x is null ? y : y is null ? x
                : throw context.Unsupported($"({string.Join(", ", a)}) and ({string.Join(", ", b)}) do not fit each other"))];
        }

        return result;
    }

    /// <summary>Folded values broadcast only against the same batch and time, which are stored as one dimension.</summary>
    private static bool Same(Value a, Value b) => !a.TimeFolded || (a.Shape[0] == b.Shape[0] && a.Shape[1] == b.Shape[1]);

    private static int?[] Pad(IReadOnlyList<int?> shape, int rank) => [.. Enumerable.Repeat((int?)1, rank - shape.Count), .. shape];

    private static Value Raise(OnnxGraph graph, Value value, int rank)
    {
        if (value.Rank == rank)
            return value;
        var plain = graph.AsKeras(value);
        return plain with
        {
            Name = graph.Unsqueeze(plain.Name, [.. Enumerable.Range(1, rank - value.Rank).Select(i => (long)i)]),
            Shape = [plain.Shape[0], .. Enumerable.Repeat((int?)1, rank - value.Rank), .. plain.Shape.Skip(1)],
        };
    }
}

/// <summary>
/// Combines two or more inputs element by element. In a .h5 file only the call distinguishes these layers from the operations of
/// <c>keras.ops</c> with the same names.
/// </summary>
[KerasNames("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")]
internal sealed class MergeLayer : Layer
{
    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var op = context.Config.ClassName switch
        {
            "Add" or "Average" => "Add",
            "Subtract" => "Sub",
            "Multiply" => "Mul",
            "Maximum" => "Max",
            _ => "Min",
        };
        if (call.Arguments.Skip(1).Any(a => a is TensorOperand or ConstantOperand) || call.Keywords.ContainsKey("x2"))
            return OperationTable.Run(context.Config.ClassName, context, call);
        if (call.Inputs.Count == 0)
            throw context.Unsupported("it has no inputs");
        var inputs = Alike.Of(context.Graph, call.Inputs, fillAfterBatch: true);
        var shape = Alike.Broadcast(context, inputs.Select(i => i.Shape));
        var name = inputs.Skip(1).Aggregate(inputs[0].Name, (sum, next) => context.Graph.Add(op, [sum, next.Name]));
        if (context.Config.ClassName == "Average")
            name = context.Graph.Add("Mul", [name, context.Graph.Scalar(1f / inputs.Count)]);
        return [inputs[0] with { Name = name, Shape = shape, Mask = MaskOf(context, call.Inputs) }];
    }

    /// <summary>
    /// The merged mask. Keras 2: a step is valid if all masks that exist say so. Keras 3: if any
    /// mask says so, provided that every input has one.
    /// </summary>
    private static Value? MaskOf(LayerContext context, IReadOnlyList<Value> inputs)
    {
        List<Value> masks = [.. inputs.Select(i => i.Mask).OfType<Value>()];
        if (masks.Count == 0 || (context.KerasMajor >= 3 && masks.Count < inputs.Count))
            return null;
        return masks.Aggregate((a, b) => a.Name == b.Name ? a : a with
        {
            Name = context.Graph.Add(context.KerasMajor >= 3 ? "Or" : "And", [a.Name, b.Name]),
            Shape = Alike.Broadcast(context, [a.Shape, b.Shape]),
        });
    }
}

[KerasNames("Concatenate")]
internal sealed class ConcatenateLayer : Layer
{
    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var axis = call.Argument(1, "axis") is ConstantOperand { Json.ValueKind: System.Text.Json.JsonValueKind.Number } given
            ? given.Json.GetInt32()
            : context.Config.Integer("axis", -1);
        var joined = Join(context, call.Inputs, axis);
        var joinedMask = MaskOf(context, call.Inputs, axis) is { } mask
            ? new Value(mask, [.. joined.Leading]) { Element = Element.Truth }
            : null;
        return [joined with { Mask = joinedMask }];
    }

    /// <summary>
    /// Concatenates the masks like the values, after broadcasting each to its value. Keras 2: a
    /// step is valid if all of it is; Keras 3: if any of it is.
    /// </summary>
    private static string? MaskOf(LayerContext context, IReadOnlyList<Value> inputs, int axis)
    {
        if (inputs.All(i => i.Mask is null))
            return null;
        var graph = context.Graph;
        var spread = inputs.Select(i =>
        {
            var zeros = graph.Add("ConstantOfShape", [graph.SizesOf(graph.AsKeras(i).Name, 0)]);
            return graph.Add(
                "Add",
                [zeros, i.Mask is { } mask && mask.Rank == i.Rank - 1 ? graph.Unsqueeze(graph.AsFloat(mask.Name), -1) : graph.Scalar(1)]);
        });
        var joined = graph.Add("Concat", [.. spread], OnnxAttribute.Of("axis", (long)axis));
        return graph.AsTruth(graph.Reduce(context.KerasMajor >= 3 ? "ReduceMax" : "ReduceMin", joined, false, -1));
    }

    public static Value Join(LayerContext context, IReadOnlyList<Value> values, int axis)
    {
        if (values.Count == 0 || values.Any(v => v.Rank != values[0].Rank))
            throw context.Unsupported("its inputs are of different ranks");
        var inputs = Alike.Of(context.Graph, values, fillAfterBatch: false);
        if (inputs[0].LyingAxis(axis) is null)
            inputs = [.. inputs.Select(context.Graph.AsKeras)];
        var at = inputs[0].Axis(axis);
        if (at < 0 || at >= inputs[0].Rank)
            throw context.Unsupported($"its inputs have no axis {axis}");
        for (var i = 1; i < inputs[0].Rank; i++)
        {
            if (i != at && inputs.Select(v => v.Shape[i]).Where(d => d is not null).Distinct().Skip(1).Any())
                throw context.Unsupported("its inputs differ along other axes than the one they are joined by");
        }

        int? sum = inputs.Aggregate((int?)0, (total, v) => checked(total + v.Shape[at]));
        var name = inputs.Count == 1
            ? inputs[0].Name
            : context.Graph.Add("Concat", inputs.Select(i => i.Name), OnnxAttribute.Of("axis", (long)inputs[0].LyingAxis(axis)!));
        return inputs[0] with { Name = name, Shape = [.. inputs[0].Shape.Select((d, i) => i == at ? sum : d)], Mask = null };
    }
}

/// <summary>Dot products along one axis of each input, for every combination of the remaining indices.</summary>
[KerasNames("Dot")]
internal sealed class DotLayer : Layer
{
    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var graph = context.Graph;
        if (call.Inputs.Count != 2)
            throw context.Unsupported("it takes two inputs");
        var (a, b) = (graph.AsKeras(call.Inputs[0]), graph.AsKeras(call.Inputs[1]));
        var axes = context.Config.Axes("axes", -1);
        var (i, j) = (a.Axis(axes[0]), b.Axis(axes[^1]));
        if (i < 1 || j < 1 || i >= a.Rank || j >= b.Rank)
            throw context.Unsupported("its axes are not those of its inputs");
        if (context.Config.Flag("normalize"))
            (a, b) = (Normal(graph, a, i), Normal(graph, b, j));

        // (batch, rest of a, axis) × (batch, axis, rest of b).
        List<int?> left = [.. a.Shape.Where((_, at) => at != i && at != 0)], right = [.. b.Shape.Where((_, at) => at != j && at != 0)];
        var x = graph.Reshape(graph.Transpose(a.Name, [0, .. Others(a.Rank, i), i]), 0, Product(left), a.Known(i));
        var y = graph.Reshape(graph.Transpose(b.Name, [0, j, .. Others(b.Rank, j)]), 0, b.Known(j), Product(right));
        if (a.Known(i) != b.Known(j))
            throw context.Unsupported("its inputs differ along the axis of the product");
        var product = graph.Add("MatMul", [x, y]);
        List<int?> shape = [a.Shape[0], .. left, .. right];
        if (shape.Count == 1)
            shape.Add(1);
        return [new Value(
            graph.Reshape(product, [0, .. shape.Skip(1).Select(d => (long)(d ?? throw context.Unsupported("a dimension is open")))]),
            shape)];
    }

    private static IEnumerable<long> Others(int rank, int axis) => Enumerable.Range(1, rank - 1).Where(i => i != axis).Select(i => (long)i);

    private static long Product(IEnumerable<int?> sizes) =>
        sizes.Aggregate(1L, (a, d) => checked(a * (d ?? throw new KerasException("shape_unknown", "A dimension is open."))));

    private static Value Normal(OnnxGraph graph, Value x, int axis)
    {
        var square = graph.Reduce("ReduceSum", graph.Add("Mul", [x.Name, x.Name]), true, axis);
        return x with { Name = graph.Add("Div", [x.Name, graph.Add("Sqrt", [graph.Add("Max", [square, graph.Scalar(1e-12f)])])]) };
    }
}
