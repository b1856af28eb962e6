using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>Keras's activation functions as operators.</summary>
internal static class Activations
{
    public static Value Apply(LayerContext context, string name, Value input)
    {
        var graph = context.Graph;
        if (name is "softmax" or "log_softmax")
        {
            // Over the last of Keras's dimensions, which need not be the last in memory.
            var plain = graph.AsKeras(input);
            return plain with { Name = graph.Add(name == "softmax" ? "Softmax" : "LogSoftmax", [plain.Name], OnnxAttribute.Of("axis", -1L)) };
        }

        return input with { Name = Elementwise(context, name, input.Name) };
    }

    private static string Elementwise(LayerContext context, string name, string x)
    {
        var graph = context.Graph;
        return name switch
        {
            "linear" => x,
            "relu" or "ReLU" => graph.Add("Relu", [x]),
            "relu6" => graph.Add("Clip", [x, graph.Scalar(0), graph.Scalar(6)]),
            "sigmoid" => graph.Add("Sigmoid", [x]),
            "tanh" => graph.Add("Tanh", [x]),
            "hard_sigmoid" => graph.Add("HardSigmoid", [x], OnnxAttribute.Of("alpha", HardSigmoidSlope(context)), OnnxAttribute.Of("beta", 0.5f)),
            "elu" => graph.Add("Elu", [x]),
            "selu" => graph.Add("Selu", [x]),
            "softplus" => graph.Add("Softplus", [x]),
            "softsign" => graph.Add("Softsign", [x]),
            "exponential" => graph.Add("Exp", [x]),
            "gelu" => graph.Add("Gelu", [x]),
            "swish" or "silu" => graph.Add("Mul", [x, graph.Add("Sigmoid", [x])]),
            "mish" => graph.Add("Mish", [x]),
            "leaky_relu" => graph.Add("LeakyRelu", [x], OnnxAttribute.Of("alpha", 0.2f)),
            _ => throw context.Unsupported($"the activation '{name}' is not known here"),
        };
    }

    /// <summary>0.2 x + 0.5 in Keras 2, x / 6 + 0.5 in Keras 3; the file's version decides.</summary>
    public static float HardSigmoidSlope(LayerContext context) => context.KerasMajor >= 3 ? 1f / 6 : 0.2f;

    /// <summary>The name, slope and offset by which ONNX's recurrent operators know a function.</summary>
    public static (string Name, float Alpha, float Beta) Recurrent(LayerContext context, string name) => name switch
    {
        "sigmoid" => ("Sigmoid", 0, 0),
        "tanh" => ("Tanh", 0, 0),
        "relu" => ("Relu", 0, 0),
        "hard_sigmoid" => ("HardSigmoid", HardSigmoidSlope(context), 0.5f),
        "linear" => ("Affine", 1, 0),
        "elu" => ("Elu", 1, 0),
        "softsign" => ("Softsign", 0, 0),
        "softplus" => ("Softplus", 0, 0),
        _ => throw context.Unsupported($"the activation '{name}' is not known in recurrent layers here"),
    };
}

[KerasNames("Activation")]
internal sealed class ActivationLayer : Layer
{
    public override Value Apply(LayerContext context, Value input) =>
        Activations.Apply(context, context.Config.Activation("activation"), input);
}

[KerasNames("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization")]
internal sealed class TrainingOnlyLayer : Layer
{
    public override Value Apply(LayerContext context, Value input) => input;
}
