using System.Text.Json;
using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>Keras's activation functions as operators.</summary>
internal static class Activations
{
    /// <summary>Applies the activation that a layer's config has under a key: a string, an object naming a function, or a layer.</summary>
    public static Value Apply(LayerContext context, string key, Value input)
    {
        if (!context.Config.Has(key))
            return input;
        var setting = context.Config[key];
        if (setting.ValueKind == JsonValueKind.Object
            && setting.TryGetProperty("config", out var inner)
            && inner.ValueKind == JsonValueKind.Object)
        {
            var layer = LayerConfig.Of(setting);
            return Layer.Of(layer).CallOne(context with { Config = layer, Weights = WeightNode.None }, input) with { Mask = input.Mask };
        }

        return ByName(context, NameOf(context, key), input);
    }

    /// <summary>The name of the function under a key.</summary>
    public static string NameOf(LayerContext context, string key, string otherwise = "linear")
    {
        if (!context.Config.Has(key))
            return otherwise;
        var setting = context.Config[key];
        if (setting.ValueKind == JsonValueKind.Object
            && setting.TryGetProperty("registered_name", out var registered)
            && registered.ValueKind == JsonValueKind.String
            && registered.GetString()!.Contains('>', StringComparison.Ordinal))
            throw context.Unsupported($"the activation '{registered.GetString()}' is a custom function, whose code is not in the file");
        var name = setting.ValueKind switch
        {
            JsonValueKind.String => setting.GetString(),
            JsonValueKind.Object when setting.TryGetProperty("config", out var function) && function.ValueKind == JsonValueKind.String =>
                function.GetString(),
            JsonValueKind.Object when setting.TryGetProperty("class_name", out var className) => className.GetString(),
            _ => null,
        };
        return name ?? throw context.Unsupported($"the activation under '{key}' cannot be read");
    }

    public static Value ByName(LayerContext context, string name, Value input) => name switch
    {
        "softmax" => OverAxis(context, "Softmax", input, -1),
        "log_softmax" => OverAxis(context, "LogSoftmax", input, -1),
        "glu" => Glu(context, input),
        "sparsemax" => throw context.Unsupported("the activation 'sparsemax' is not supported"),
        _ => input with { Name = Elementwise(context, name, input.Name) },
    };

    /// <summary>Applies an operator along one of Keras's dimensions, whatever the memory layout.</summary>
    public static Value OverAxis(LayerContext context, string op, Value input, int axis)
    {
        var x = input.LyingAxis(axis) is null ? context.Graph.AsKeras(input) : input;
        return x with { Name = context.Graph.Add(op, [x.Name], OnnxAttribute.Of("axis", (long)x.LyingAxis(axis)!)) };
    }

    /// <summary>The slope differs: 0.2 x + 0.5 in Keras 2, x / 6 + 0.5 in Keras 3. The file's version decides.</summary>
    public static float HardSigmoidSlope(LayerContext context) => context.KerasMajor >= 3 ? 1f / 6 : 0.2f;

    public static string LeakyRelu(OnnxGraph graph, string x, float slope) => graph.Add("LeakyRelu", [x], OnnxAttribute.Of("alpha", slope));

    public static string Clip(OnnxGraph graph, string x, float low, float high) =>
        graph.Add("Clip", [x, graph.Scalar(low), graph.Scalar(high)]);

    /// <summary>Applies a function to each number separately.</summary>
    public static string Elementwise(LayerContext context, string name, string x)
    {
        var graph = context.Graph;
        return name switch
        {
            "linear" => x,
            "relu" => graph.Add("Relu", [x]),
            "relu6" => Clip(graph, x, 0, 6),
            "sigmoid" => graph.Add("Sigmoid", [x]),
            "tanh" => graph.Add("Tanh", [x]),
            "hard_sigmoid" => HardSigmoid(context, x),
            "elu" => graph.Add("Elu", [x]),
            "celu" => graph.Add("Celu", [x]),
            "selu" => graph.Add("Selu", [x]),
            "softplus" => graph.Add("Softplus", [x]),
            "softsign" => graph.Add("Softsign", [x]),
            "exponential" => graph.Add("Exp", [x]),
            "gelu" => graph.Add("Gelu", [x]),
            "swish" or "silu" => graph.Add("Mul", [x, graph.Add("Sigmoid", [x])]),
            "hard_swish" or "hard_silu" =>
                graph.Add("Mul", [x, graph.Add("HardSigmoid", [x], OnnxAttribute.Of("alpha", 1f / 6), OnnxAttribute.Of("beta", 0.5f))]),
            "mish" => graph.Add("Mul", [x, graph.Add("Tanh", [graph.Add("Softplus", [x])])]),
            "leaky_relu" => LeakyRelu(graph, x, 0.2f),
            "hard_tanh" => Clip(graph, x, -1, 1),
            "tanh_shrink" => graph.Add("Sub", [x, graph.Add("Tanh", [x])]),
            "soft_shrink" => graph.Add("Shrink", [x], OnnxAttribute.Of("lambd", 0.5f), OnnxAttribute.Of("bias", 0.5f)),
            "hard_shrink" => graph.Add("Shrink", [x], OnnxAttribute.Of("lambd", 0.5f), OnnxAttribute.Of("bias", 0f)),
            "log_sigmoid" => graph.Add("Neg", [graph.Add("Softplus", [graph.Add("Neg", [x])])]),
            "squareplus" => Squareplus(graph, x),
            "sparse_sigmoid" => Clip(graph, graph.Add("Mul", [graph.Add("Add", [x, graph.Scalar(1)]), graph.Scalar(0.5f)]), 0, 1),
            "sparse_plus" => SparsePlus(graph, x),
            _ => throw context.Unsupported(
                $"the activation '{name}' is not a supported Keras function; if it is a custom function, its code is not in the file"),
        };
    }

    private static string HardSigmoid(LayerContext context, string x) =>
        context.Graph.Add("HardSigmoid", [x], OnnxAttribute.Of("alpha", HardSigmoidSlope(context)), OnnxAttribute.Of("beta", 0.5f));

    /// <summary>(x + √(x² + 4)) / 2.</summary>
    private static string Squareplus(OnnxGraph graph, string x)
    {
        var root = graph.Add("Sqrt", [graph.Add("Add", [graph.Add("Mul", [x, x]), graph.Scalar(4)])]);
        return graph.Add("Mul", [graph.Add("Add", [x, root]), graph.Scalar(0.5f)]);
    }

    /// <summary>0 below -1, x above 1, (x + 1)² / 4 between.</summary>
    private static string SparsePlus(OnnxGraph graph, string x)
    {
        var raised = graph.Add("Add", [Clip(graph, x, -1, 1), graph.Scalar(1)]);
        var middle = graph.Add("Mul", [graph.Add("Mul", [raised, raised]), graph.Scalar(0.25f)]);
        return graph.Add("Add", [middle, graph.Add("Relu", [graph.Add("Sub", [x, graph.Scalar(1)])])]);
    }

    /// <summary>Gated linear unit: one half of the last dimension times the sigmoid of the other.</summary>
    private static Value Glu(LayerContext context, Value input)
    {
        var plain = context.Graph.AsKeras(input);
        var size = plain.Known(-1);
        if (size % 2 != 0)
            throw context.Unsupported("glu needs an even number of units");
        var halves = context.Graph.Add("Split", [plain.Name], 2, OnnxAttribute.Of("axis", -1L), OnnxAttribute.Of("num_outputs", 2L));
        return plain with
        {
            Name = context.Graph.Add("Mul", [halves[0], context.Graph.Add("Sigmoid", [halves[1]])]),
            Shape = [.. plain.Leading, size / 2],
        };
    }
}
