using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Operations;

/// <summary>Operations that reduce axes to a single value.</summary>
internal static class Reductions
{
    public static Dictionary<string, Operation> Operations { get; } = new(StringComparer.Ordinal)
    {
        ["Mean"] = By("ReduceMean"), ["Sum"] = By("ReduceSum"), ["Max"] = By("ReduceMax"), ["Amax"] = By("ReduceMax"),
        ["Min"] = By("ReduceMin"), ["Amin"] = By("ReduceMin"),
        ["Prod"] = By("ReduceProd"), ["Logsumexp"] = By("ReduceLogSumExp"), ["Any"] = Truth("ReduceMax"), ["All"] = Truth("ReduceMin"),
        ["Var"] = c => [Variance(c)], ["Std"] = c => [Variance(c) is var v ? v with { Name = c.Graph.Add("Sqrt", [v.Name]) } : v],
        ["Argmax"] = Place("ArgMax"), ["Argmin"] = Place("ArgMin"), ["Norm"] = c => [Norm(c)], ["Normalize"] = c => [Normalize(c)],
    };

    private static Operation By(string op) => c => [Reduce(c, c.Plain(), op)];

    private static Operation Truth(string op) =>
        c => Reduce(c, c.Plain(), op) is var result ? [result with { Name = c.Graph.AsTruth(result.Name), Element = Element.Truth }] : [];

    private static Value Reduce(OperationCall call, Value x, string op)
    {
        var axes = call.Axes(x, 1, "axis") ?? [.. Enumerable.Range(0, x.Rank)];
        var keep = call.Flag(2, "keepdims");
        return new Value(call.Graph.Reduce(op, x.Name, keep, [.. axes.Select(a => (long)a)]), Left(x, axes, keep));
    }

    private static IReadOnlyList<int?> Left(Value x, int[] axes, bool keep) => keep
        ? [.. x.Shape.Select((d, i) => axes.Contains(i) ? 1 : d)]
        : [.. x.Shape.Where((_, i) => !axes.Contains(i))];

    private static Value Variance(OperationCall call)
    {
        var (graph, x) = (call.Graph, call.Plain());
        long[] over = [.. (call.Axes(x, 1, "axis") ?? [.. Enumerable.Range(0, x.Rank)]).Select(a => (long)a)];
        var centred = graph.Add("Sub", [x.Name, graph.Reduce("ReduceMean", x.Name, true, over)]);
        return Reduce(call, x with { Name = graph.Add("Mul", [centred, centred]) }, "ReduceMean");
    }

    private static Operation Place(string op) => c =>
    {
        var x = c.Plain();
        if (c.Axes(x, 1, "axis", "dimension") is not [var axis])
            throw c.Context.Unsupported("it looks along one axis, and none is given");
        var keep = c.Flag(2, "keepdims");
        var found = c.Graph.Add(op, [x.Name], OnnxAttribute.Of("axis", (long)axis), OnnxAttribute.Of("keepdims", keep ? 1L : 0L));
        return [new Value(c.Graph.AsFloat(found), Left(x, [axis], keep))];
    };

    private static Value Norm(OperationCall call)
    {
        var order = call.Setting(1, "ord") is { } said ? said.ToString() : "euclidean";
        var op = order switch
        {
            "euclidean" or "fro" or "2" => "ReduceL2",
            "1" => "ReduceL1",
            _ => throw call.Context.Unsupported($"the norm '{order}' is not supported; 1 and 2 are"),
        };
        var x = call.Plain();
        var axes = call.Axes(x, 2, "axis") ?? [.. Enumerable.Range(0, x.Rank)];
        var keep = call.Flag(3, "keepdims");
        return new Value(call.Graph.Reduce(op, x.Name, keep, [.. axes.Select(a => (long)a)]), Left(x, axes, keep));
    }

    /// <summary>Normalises to length one along an axis.</summary>
    private static Value Normalize(OperationCall call)
    {
        var (graph, x) = (call.Graph, call.Plain());
        if (call.Number(2, 2, "order") is not 2f)
            throw call.Context.Unsupported("only normalisation by the Euclidean length is supported");
        long[] over = [.. (call.Axes(x, 1, "axis") ?? [x.Rank - 1]).Select(a => (long)a)];
        var square = graph.Reduce("ReduceSum", graph.Add("Mul", [x.Name, x.Name]), true, over);
        return x with
        {
            Name = graph.Add(
                "Div", [x.Name, graph.Add("Sqrt", [graph.Add("Max", [square, graph.Scalar(call.Number(3, 1e-12f, "epsilon"))])])]),
            Mask = null,
        };
    }
}
