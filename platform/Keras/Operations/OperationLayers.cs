using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Operations;

/// <summary>Converts one operation to operators.</summary>
internal delegate IReadOnlyList<Value> Operation(OperationCall call);

/// <summary>Every supported operation, by the name of its class in <c>keras.ops</c>.</summary>
internal static class OperationTable
{
    private static readonly Dictionary<string, Operation> s_byName = new(
        [.. Arithmetic.Operations, .. Reductions.Operations, .. Rearrangements.Operations, .. Slicing.Operations], StringComparer.Ordinal);

    public static IEnumerable<string> Names => s_byName.Keys;

    public static bool Has(string name) => s_byName.ContainsKey(name);

    public static IReadOnlyList<Value> Run(string name, LayerContext context, LayerCall call) =>
        s_byName.TryGetValue(name, out var operation)
            ? operation(new OperationCall(context, call))
            : throw context.Unsupported($"the operation '{name}' is not supported");
}

/// <summary>
/// An operation of <c>keras.ops</c> between layers. Some share a layer's name; the way they are called distinguishes them.
/// </summary>
internal sealed class OperationLayer : Layer
{
    public static bool Is(LayerConfig config) => OperationTable.Has(config.ClassName) && (config.IsOperation || !IsLayer(config.ClassName));

    protected override bool TakesTruths => true;

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call) =>
        OperationTable.Run(context.Config.ClassName, context, call);

    private static bool IsLayer(string className) => Supported.ContainsKey(className);
}

/// <summary>A TensorFlow function between layers in Keras 2: <c>tf.math.multiply</c>, <c>x[:, -1]</c>.</summary>
[KerasNames("TFOpLambda", "SlicingOpLambda")]
internal sealed class TensorFlowOperationLayer : Layer
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["__operators__.add"] = "Add", ["math.add"] = "Add", ["math.subtract"] = "Subtract", ["math.multiply"] = "Multiply",
        ["math.divide"] = "Divide", ["math.truediv"] = "Divide", ["math.floordiv"] = "FloorDivide", ["math.floormod"] = "Mod",
        ["math.mod"] = "Mod", ["math.pow"] = "Power", ["math.maximum"] = "Maximum", ["math.minimum"] = "Minimum",
        ["math.squared_difference"] = "SquaredDifference", ["math.divide_no_nan"] = "DivideNoNan", ["realdiv"] = "Divide",
        ["__operators__.getitem"] = "GetItem", ["math.equal"] = "Equal", ["__operators__.eq"] = "Equal", ["math.not_equal"] = "NotEqual",
        ["__operators__.ne"] = "NotEqual", ["math.greater"] = "Greater", ["math.greater_equal"] = "GreaterEqual", ["math.less"] = "Less",
        ["math.less_equal"] = "LessEqual", ["math.logical_and"] = "LogicalAnd", ["math.logical_or"] = "LogicalOr",
        ["math.logical_not"] = "LogicalNot", ["math.reduce_mean"] = "Mean", ["math.reduce_sum"] = "Sum", ["math.reduce_max"] = "Max",
        ["math.reduce_min"] = "Min", ["math.reduce_prod"] = "Prod", ["math.reduce_variance"] = "Var", ["math.reduce_std"] = "Std",
        ["math.reduce_any"] = "Any", ["math.reduce_all"] = "All", ["math.reduce_logsumexp"] = "Logsumexp", ["math.argmax"] = "Argmax",
        ["math.argmin"] = "Argmin", ["math.l2_normalize"] = "Normalize", ["nn.l2_normalize"] = "Normalize", ["norm"] = "Norm",
        ["linalg.norm"] = "Norm", ["math.abs"] = "Abs", ["math.negative"] = "Negative", ["math.exp"] = "Exp", ["math.log"] = "Log",
        ["math.log1p"] = "Log1p", ["math.expm1"] = "Expm1", ["math.sqrt"] = "Sqrt", ["math.rsqrt"] = "Rsqrt", ["math.square"] = "Square",
        ["math.sin"] = "Sin", ["math.cos"] = "Cos", ["math.tan"] = "Tan", ["math.tanh"] = "Tanh", ["math.sigmoid"] = "Sigmoid",
        ["math.sign"] = "Sign", ["math.floor"] = "Floor", ["math.ceil"] = "Ceil", ["math.round"] = "Round",
        ["math.reciprocal"] = "Reciprocal", ["math.erf"] = "Erf", ["math.softplus"] = "Softplus", ["nn.softplus"] = "Softplus",
        ["nn.softsign"] = "Softsign", ["nn.relu"] = "Relu", ["nn.relu6"] = "Relu6", ["nn.leaky_relu"] = "LeakyRelu", ["nn.elu"] = "Elu",
        ["nn.selu"] = "Selu", ["nn.gelu"] = "Gelu", ["nn.silu"] = "Silu", ["nn.sigmoid"] = "Sigmoid", ["nn.tanh"] = "Tanh",
        ["nn.softmax"] = "Softmax", ["nn.log_softmax"] = "LogSoftmax", ["reshape"] = "Reshape", ["transpose"] = "Transpose",
        ["compat.v1.transpose"] = "Transpose", ["expand_dims"] = "ExpandDims", ["squeeze"] = "Squeeze", ["concat"] = "Concatenate",
        ["stack"] = "Stack", ["split"] = "Split", ["unstack"] = "Unstack", ["reverse"] = "Flip", ["repeat"] = "Repeat", ["tile"] = "Tile",
        ["pad"] = "Pad", ["compat.v1.pad"] = "Pad", ["linalg.matmul"] = "Matmul", ["matmul"] = "Matmul", ["einsum"] = "Einsum",
        ["gather"] = "Take", ["compat.v1.gather"] = "Take", ["image.resize"] = "Resize", ["clip_by_value"] = "Clip", ["cast"] = "Cast",
        ["where"] = "Where", ["identity"] = "Identity", ["stop_gradient"] = "StopGradient", ["convert_to_tensor"] = "Identity",
        ["zeros_like"] = "ZerosLike", ["ones_like"] = "OnesLike", ["keras.backend.relu"] = "Relu", ["keras.activations.relu"] = "Relu",
    };

    public static IReadOnlyDictionary<string, string> Functions => s_names;

    protected override bool TakesTruths => true;

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var function = context.Config.Text("function", "");
        return s_names.TryGetValue(function, out var name)
            ? OperationTable.Run(name, context, call)
            : throw context.Unsupported($"the TensorFlow function '{function}' is not supported; use Keras layers instead");
    }
}
