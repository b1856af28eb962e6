using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>What one direction of an LSTM needs, in ONNX's order of gates.</summary>
/// <param name="Input">(4 units, features), gates i o f c.</param>
/// <param name="Recurrent">(4 units, units).</param>
/// <param name="Bias">(8 units): ours, then zeros where ONNX has a second one.</param>
internal sealed record LstmWeights(float[] Input, float[] Recurrent, float[] Bias)
{
    // ONNX wants input, output, forget, cell; Keras has input, forget, cell, output.
    private static readonly int[] s_gates = [0, 3, 1, 2];

    public static LstmWeights Of(LayerContext context, int features, int units)
    {
        var kernel = context.Weight(0, features, 4 * units).Values;
        var recurrent = context.Weight(1, units, 4 * units).Values;
        var bias = new float[8 * units];
        if (context.Config.Flag("use_bias", true))
        {
            var given = context.Weight(2, 4 * units).Values;
            for (var g = 0; g < 4; g++)
                given.AsSpan(s_gates[g] * units, units).CopyTo(bias.AsSpan(g * units));
        }

        return new LstmWeights(Turn(kernel, features, units), Turn(recurrent, units, units), bias);
    }

    /// <summary>(rows, 4 units) in Keras's order of gates to (4 units, rows) in ONNX's.</summary>
    private static float[] Turn(float[] kernel, int rows, int units)
    {
        var turned = new float[kernel.Length];
        for (var g = 0; g < 4; g++)
        {
            for (var u = 0; u < units; u++)
            {
                for (var r = 0; r < rows; r++)
                    turned[(((g * units) + u) * rows) + r] = kernel[(r * 4 * units) + (s_gates[g] * units) + u];
            }
        }

        return turned;
    }
}

[KerasNames("LSTM")]
internal sealed class LstmLayer : Layer
{
    public override Value Apply(LayerContext context, Value input)
    {
        var config = context.Config;
        if (config.Flag("return_state"))
            throw context.Unsupported("return_state is not supported yet");
        var x = context.Graph.AsKeras(input);
        var units = config.Integer("units", 0);
        var weights = LstmWeights.Of(context, x.Known(-1), units);
        var backwards = config.Flag("go_backwards");
        var result = Operator(context, x, units, backwards ? "reverse" : "forward", [weights]);
        if (!config.Flag("return_sequences"))
            return new Value(Squeeze(context, result[1], 0), [x.Shape[0], units]);

        // Keras hands out the steps in the order in which they were taken; ONNX in the order of time.
        var steps = context.Graph.Add("Transpose", [Squeeze(context, result[0], 1)], OnnxAttribute.Of("perm", 1L, 0L, 2L));
        return new Value(backwards ? Reverse(context, steps) : steps, [x.Shape[0], x.Shape[1], units]);
    }

    /// <summary>The operator over (batch, steps, features): all steps (steps, directions, batch, units) and the last (directions, batch, units).</summary>
    public static IReadOnlyList<string> Operator(LayerContext context, Value x, int units, string direction, IReadOnlyList<LstmWeights> weights)
    {
        var (graph, config, count) = (context.Graph, context.Config, weights.Count);
        var activations = Enumerable.Repeat(new[]
        {
            Activations.Recurrent(context, config.Activation("recurrent_activation", "sigmoid")),
            Activations.Recurrent(context, config.Activation("activation", "tanh")),
            Activations.Recurrent(context, config.Activation("activation", "tanh")),
        }, count).SelectMany(a => a).ToList();
        var time = graph.Add("Transpose", [x.Name], OnnxAttribute.Of("perm", 1L, 0L, 2L));
        return graph.Add(
            "LSTM",
            [
                time,
                graph.Weights("kernel", weights.SelectMany(w => w.Input).ToArray(), count, 4 * units, x.Known(-1)),
                graph.Weights("recurrent", weights.SelectMany(w => w.Recurrent).ToArray(), count, 4 * units, units),
                graph.Weights("bias", weights.SelectMany(w => w.Bias).ToArray(), count, 8 * units),
            ],
            2,
            OnnxAttribute.Of("hidden_size", (long)units),
            OnnxAttribute.Of("direction", direction),
            OnnxAttribute.Of("activations", [.. activations.Select(a => a.Name)]),
            OnnxAttribute.Of("activation_alpha", [.. activations.Select(a => a.Alpha)]),
            OnnxAttribute.Of("activation_beta", [.. activations.Select(a => a.Beta)]));
    }

    public static string Squeeze(LayerContext context, string name, int axis) => context.Graph.Add("Squeeze", [name, context.Graph.Integers(axis)]);

    public static string Reverse(LayerContext context, string steps) => context.Graph.Add(
        "Slice", [steps, context.Graph.Integers(-1), context.Graph.Integers(long.MinValue + 1), context.Graph.Integers(1), context.Graph.Integers(-1)]);
}
