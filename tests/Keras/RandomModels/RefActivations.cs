using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Activation functions, after keras/src/activations and tf_keras/activations.py.</summary>
internal static class RefActivations
{
    public static string NameOf(JsonNode? setting) => setting switch
    {
        null => "linear",
        JsonObject o when o["config"] is JsonValue v && v.TryGetValue<string>(out var name) => name,
        JsonObject o => o.ClassOf(),
        var text => text.GetValue<string>(),
    };

    public static Nd Apply(JsonNode? setting, Nd x, bool keras3) => NameOf(setting) switch
    {
        "softmax" => Softmax(x, [-1]),
        "log_softmax" => Softmax(x, [-1]).Map(Math.Log),
        "glu" => x.Slice(-1, 0, x.Shape[^1] / 2) * x.Slice(-1, x.Shape[^1] / 2, x.Shape[^1] / 2).Map(Sigmoid),
        var name => x.Map(Function(name, keras3)),
    };

    public static Nd Softmax(Nd x, int[] axes)
    {
        var raised = (x - x.Reduce(axes, true, v => v.Max())).Map(Math.Exp);
        return raised / raised.Reduce(axes, true, v => v.Sum());
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static Func<double, double> Function(string name, bool keras3) => name switch
    {
        "linear" => x => x,
        "relu" => x => Math.Max(x, 0),
        "relu6" => x => Math.Clamp(x, 0, 6),
        "sigmoid" => Sigmoid,
        "tanh" => Math.Tanh,
        "hard_sigmoid" when keras3 => x => Math.Clamp((x / 6) + 0.5, 0, 1),
        "hard_sigmoid" => x => Math.Clamp((x * 0.2) + 0.5, 0, 1),
        "elu" => x => x > 0 ? x : Math.Exp(x) - 1,
        "celu" => x => Math.Max(x, 0) + Math.Min(0, Math.Exp(x) - 1),
        "selu" => x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)),
        "softplus" => x => Math.Log(1 + Math.Exp(x)),
        "softsign" => x => x / (1 + Math.Abs(x)),
        "exponential" => Math.Exp,
        "gelu" => x => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))),
        "swish" or "silu" => x => x * Sigmoid(x),
        "hard_swish" or "hard_silu" => x => x * Math.Clamp(x + 3, 0, 6) / 6,
        "mish" => x => x * Math.Tanh(Math.Log(1 + Math.Exp(x))),
        "leaky_relu" => x => x > 0 ? x : 0.2 * x,
        "hard_tanh" => x => Math.Clamp(x, -1, 1),
        "tanh_shrink" => x => x - Math.Tanh(x),
        "soft_shrink" => x => x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0,
        "hard_shrink" => x => Math.Abs(x) > 0.5 ? x : 0,
        "log_sigmoid" => x => -Math.Log(1 + Math.Exp(-x)),
        "squareplus" => x => 0.5 * (x + Math.Sqrt((x * x) + 4)),
        "sparse_plus" => x => x <= -1 ? 0 : x >= 1 ? x : 0.25 * (x + 1) * (x + 1),
        "sparse_sigmoid" => x => Math.Clamp(0.5 * (x + 1), 0, 1),
        _ => throw new NotSupportedException($"activation {name}"),
    };

    /// <summary>The error function by its power series; arguments here are small.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 5)
            return Math.Sign(x);
        var (term, sum) = (x, x);
        for (var n = 1; n < 120; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
