using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Operations;

/// <summary>Element-wise operations on one tensor, or on two with NumPy broadcasting.</summary>
internal static class Arithmetic
{
    private static readonly string[] s_first = ["x1", "x", "a", "input", "features", "tensor"];
    private static readonly string[] s_second = ["x2", "y", "b"];

    public static Dictionary<string, Operation> Operations { get; } = new(StringComparer.Ordinal)
    {
        ["Add"] = Two("Add"), ["Subtract"] = Two("Sub"), ["Multiply"] = Two("Mul"), ["Divide"] = Two("Div"), ["TrueDivide"] = Two("Div"),
        ["Maximum"] = Two("Max"), ["Minimum"] = Two("Min"), ["Power"] = Two("Pow"),
        ["FloorDivide"] = c => Pair(c, FloorDivide), ["Mod"] = c => Pair(c, Remainder),
        ["SquaredDifference"] = c => Pair(c, SquaredDifference),
        ["DivideNoNan"] = c => Pair(c, DivideNoNan),
        ["Equal"] = Compare("Equal"), ["NotEqual"] = Compare("Equal", not: true), ["Greater"] = Compare("Greater"),
        ["GreaterEqual"] = Compare("GreaterOrEqual"),
        ["Less"] = Compare("Less"), ["LessEqual"] = Compare("LessOrEqual"),
        ["LogicalAnd"] = Logic("And"), ["LogicalOr"] = Logic("Or"), ["LogicalXor"] = Logic("Xor"),
        ["LogicalNot"] = c => [NotOf(c, c.Truths(c.Operand(0, s_first)))],
        ["Where"] = Where, ["Clip"] = Clip, ["Cast"] = Cast, ["OnesLike"] = c => [Filled(c, 1)], ["ZerosLike"] = c => [Filled(c, 0)],
        ["Absolute"] = One("Abs"), ["Abs"] = One("Abs"), ["Negative"] = One("Neg"), ["Exp"] = One("Exp"), ["Log"] = One("Log"),
        ["Sqrt"] = One("Sqrt"), ["Sin"] = One("Sin"), ["Cos"] = One("Cos"), ["Tan"] = One("Tan"), ["Arcsin"] = One("Asin"),
        ["Arccos"] = One("Acos"), ["Arctan"] = One("Atan"), ["Sinh"] = One("Sinh"), ["Cosh"] = One("Cosh"), ["Arcsinh"] = One("Asinh"),
        ["Arccosh"] = One("Acosh"), ["Arctanh"] = One("Atanh"), ["Sign"] = One("Sign"), ["Floor"] = One("Floor"), ["Ceil"] = One("Ceil"),
        ["Round"] = One("Round"), ["Reciprocal"] = One("Reciprocal"), ["Erf"] = One("Erf"),
        ["Square"] = c => Each(c, (g, x) => g.Add("Mul", [x, x])),
        ["Rsqrt"] = c => Each(c, (g, x) => g.Add("Reciprocal", [g.Add("Sqrt", [x])])),
        ["Expm1"] = c => Each(c, (g, x) => g.Add("Sub", [g.Add("Exp", [x]), g.Scalar(1)])),
        ["Log1p"] = c => Each(c, (g, x) => g.Add("Log", [g.Add("Add", [x, g.Scalar(1)])])),
        ["Log2"] = c => Each(c, (g, x) => g.Add("Mul", [g.Add("Log", [x]), g.Scalar(1 / MathF.Log(2))])),
        ["Log10"] = c => Each(c, (g, x) => g.Add("Mul", [g.Add("Log", [x]), g.Scalar(1 / MathF.Log(10))])),
        ["Identity"] = c => [c.Operand(0, s_first)], ["StopGradient"] = c => [c.Operand(0, "variable", "x", "input")],
        ["Tanh"] = Function("tanh"), ["Sigmoid"] = Function("sigmoid"), ["Softplus"] = Function("softplus"),
        ["Softsign"] = Function("softsign"), ["Selu"] = Function("selu"), ["Silu"] = Function("silu"), ["Relu6"] = Function("relu6"),
        ["HardSigmoid"] = Function("hard_sigmoid"), ["HardSilu"] = Function("hard_silu"), ["LogSigmoid"] = Function("log_sigmoid"),
        ["HardTanh"] = Function("hard_tanh"), ["TanhShrink"] = Function("tanh_shrink"), ["Squareplus"] = Function("squareplus"),
        ["SparsePlus"] = Function("sparse_plus"), ["SparseSigmoid"] = Function("sparse_sigmoid"), ["Mish"] = Function("mish"),
        ["Relu"] = c => Each(c, (g, x) => ReluLayer.Of(
            g,
            x,
            c.Number(1, 0, "alpha", "negative_slope"),
            c.Number(3, 0, "threshold"),
            c.Setting(2, "max_value") is { } most ? Numbers.Single(c.Context, most) : null)),
        ["LeakyRelu"] = c => Each(c, (g, x) => Activations.LeakyRelu(g, x, c.Number(1, 0.2f, "negative_slope", "alpha"))),
        ["Elu"] = c => Each(c, (g, x) => g.Add("Elu", [x], OnnxAttribute.Of("alpha", c.Number(1, 1, "alpha")))),
        ["Celu"] = c => Each(c, (g, x) => g.Add("Celu", [x], OnnxAttribute.Of("alpha", c.Number(1, 1, "alpha")))),
        ["Gelu"] = Gelu, ["Softmax"] = c => [OverAxis(c, "Softmax")], ["LogSoftmax"] = c => [OverAxis(c, "LogSoftmax")],
    };

    /// <summary>Combines two tensors in the same layout; the second may be a constant.</summary>
    public static Value Broadcast(OperationCall call, Value a, Value b, Func<OnnxGraph, string, string, string> operate)
    {
        var graph = call.Graph;
        if (a.Rank == 0 || b.Rank == 0)
        {
            var lying = a.Rank == 0 ? b : a;
            return lying with { Name = operate(graph, a.Name, b.Name), Mask = null };
        }

        var both = a.Rank == b.Rank ? Alike.Of(graph, [a, b], fillAfterBatch: false) : [graph.AsKeras(a), graph.AsKeras(b)];
        var shape = Alike.Broadcast(call.Context, both.Select(v => v.Shape));
        return both[0] with
        {
            Name = operate(graph, both[0].Name, both[1].Name),
            Shape = shape,
            Steps = both[0].Steps ?? both[1].Steps,
            Mask = null,
        };
    }

    public static IReadOnlyList<Value> Pair(OperationCall call, Func<OnnxGraph, string, string, string> operate) =>
        [Broadcast(call, call.Floats(call.Operand(0, s_first)), call.Floats(call.Operand(1, s_second)), operate)];

    private static Operation Two(string op) => c => Pair(c, (g, x, y) => g.Add(op, [x, y]));

    private static Operation One(string op) => c => Each(c, (g, x) => g.Add(op, [x]));

    private static Operation Function(string name) => c => Each(c, (_, x) => Activations.Elementwise(c.Context, name, x));

    private static IReadOnlyList<Value> Each(OperationCall call, Func<OnnxGraph, string, string> operate)
    {
        var x = call.Floats(call.Operand(0, s_first));
        return [x with { Name = operate(call.Graph, x.Name), Mask = null }];
    }

    private static Operation Compare(string op, bool not = false) => c =>
    {
        var result = Broadcast(c, c.Floats(c.Operand(0, s_first)), c.Floats(c.Operand(1, s_second)), (g, x, y) => g.Add(op, [x, y])) with
        {
            Element = Element.Truth,
        };
        return [not ? NotOf(c, result) : result];
    };

    private static Operation Logic(string op) => c =>
        [Broadcast(c, c.Truths(c.Operand(0, s_first)), c.Truths(c.Operand(1, s_second)), (g, x, y) => g.Add(op, [x, y]))];

    private static Value NotOf(OperationCall call, Value truth) => truth with { Name = call.Graph.Add("Not", [truth.Name]) };

    private static IReadOnlyList<Value> Where(OperationCall call)
    {
        var graph = call.Graph;
        var (condition, x, y) = (graph.AsKeras(call.Truths(call.Operand(0, "condition"))),
            graph.AsKeras(call.Floats(call.Operand(1, "x1", "x"))), graph.AsKeras(call.Floats(call.Operand(2, "x2", "y"))));
        var shape = Alike.Broadcast(call.Context, [condition.Shape, x.Shape, y.Shape]);
        return [new Value(graph.Add("Where", [condition.Name, x.Name, y.Name]), shape)];
    }

    private static IReadOnlyList<Value> Clip(OperationCall call)
    {
        var (low, high) = (call.Number(1, float.NegativeInfinity, "x_min", "clip_value_min", "min"),
            call.Number(2, float.PositiveInfinity, "x_max", "clip_value_max", "max"));
        var x = call.Floats(call.Operand(0, "x", "t"));
        return [x with { Name = Activations.Clip(call.Graph, x.Name, low, high), Mask = null }];
    }

    /// <summary>All values are floats: a cast to integers truncates, a cast to booleans tests for non-zero.</summary>
    private static IReadOnlyList<Value> Cast(OperationCall call)
    {
        var x = call.Operand(0, "x");
        var type = call.Setting(1, "dtype") is { } named ? named.ToString() : "float32";
        if (type.Contains("bool", StringComparison.Ordinal))
            return [call.Truths(x)];
        var floats = call.Floats(x);
        return [
            type.Contains("int", StringComparison.Ordinal)
                ? floats with { Name = call.Graph.AsFloat(call.Graph.AsInteger(floats.Name)), Mask = null }
                : floats];
    }

    private static Value Filled(OperationCall call, float value)
    {
        var x = call.Floats(call.Operand(0, "x", "input"));
        return x with
        {
            Name = call.Graph.Add("Add", [call.Graph.Add("Mul", [x.Name, call.Graph.Scalar(0)]), call.Graph.Scalar(value)]),
            Mask = null,
        };
    }

    private static IReadOnlyList<Value> Gelu(OperationCall call)
    {
        // keras.ops.gelu is approximate by default, unlike the activation.
        var approximate = call.Setting(1, "approximate") is not { ValueKind: System.Text.Json.JsonValueKind.False };
        return Each(call, (g, x) => g.Add("Gelu", [x], OnnxAttribute.Of("approximate", approximate ? "tanh" : "none")));
    }

    private static Value OverAxis(OperationCall call, string op) =>
        Activations.OverAxis(
            call.Context, op, call.Floats(call.Operand(0, "x", "logits", "input")), call.Integer(1, -1, "axis")) with { Mask = null };

    private static string FloorDivide(OnnxGraph graph, string x, string y) => graph.Add("Floor", [graph.Add("Div", [x, y])]);

    /// <summary>The remainder with the sign of the divisor, as in Python.</summary>
    private static string Remainder(OnnxGraph graph, string x, string y) =>
        graph.Add("Sub", [x, graph.Add("Mul", [FloorDivide(graph, x, y), y])]);

    private static string SquaredDifference(OnnxGraph graph, string x, string y)
    {
        var difference = graph.Add("Sub", [x, y]);
        return graph.Add("Mul", [difference, difference]);
    }

    private static string DivideNoNan(OnnxGraph graph, string x, string y) =>
        graph.Add("Where", [graph.Add("Equal", [y, graph.Scalar(0)]), graph.Scalar(0), graph.Add("Div", [x, y])]);
}
