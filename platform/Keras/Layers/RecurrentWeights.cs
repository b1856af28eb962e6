namespace Siaga.Keras.Layers;

/// <summary>An LSTM's weights, with the gates in Keras's order: input, forget, cell, output.</summary>
/// <param name="Kernel">(features, 4 units).</param>
/// <param name="Recurrent">(units, 4 units).</param>
/// <param name="Bias">(4 units), or null.</param>
internal sealed record LstmWeights(float[] Kernel, float[] Recurrent, float[]? Bias)
{
    // ONNX expects input, output, forget, cell.
    private static readonly int[] s_onnxGates = [0, 3, 1, 2];

    public static LstmWeights Of(LayerContext context, int features, int units)
    {
        var (kernel, recurrent) = (context.Weight(0, features, 4 * units).Values, context.Weight(1, units, 4 * units).Values);
        if (!context.Config.Flag("use_bias", true))
            return new LstmWeights(kernel, recurrent, null);
        var bias = context.Weight(2, -1).Values;
        if (bias.Length == 8 * units)
        {
            return new LstmWeights(
                Gates.FromCudnn(kernel, features, units, 4), Gates.FromCudnnRecurrent(recurrent, units, 4),
                [.. bias.Take(4 * units).Zip(bias.Skip(4 * units), (a, b) => a + b)]);
        }

        return new LstmWeights(kernel, recurrent, context.Weight(2, 4 * units).Values);
    }

    /// <summary>(4 units, rows) in ONNX's order.</summary>
    public static float[] Onnx(float[] kernel, int rows, int units) => Gates.Turn(kernel, rows, units, s_onnxGates);

    /// <summary>(8 units): the bias, then zeros for ONNX's second bias.</summary>
    public float[] OnnxBias(int units)
    {
        var bias = new float[8 * units];
        for (var g = 0; Bias is not null && g < 4; g++)
            Bias.AsSpan(s_onnxGates[g] * units, units).CopyTo(bias.AsSpan(g * units));
        return bias;
    }
}

/// <summary>A GRU's weights, with the gates in the order of Keras and ONNX: update, reset, candidate.</summary>
/// <param name="Kernel">(features, 3 units).</param>
/// <param name="Recurrent">(units, 3 units).</param>
/// <param name="InputBias">(3 units), or null.</param>
/// <param name="RecurrentBias">(3 units), only with <see cref="ResetAfter"/>.</param>
/// <param name="ResetAfter">The reset gate is applied after the product with the state instead of before.</param>
internal sealed record GruWeights(float[] Kernel, float[] Recurrent, float[]? InputBias, float[]? RecurrentBias, bool ResetAfter)
{
    private static readonly int[] s_gates = [0, 1, 2];

    public static GruWeights Of(LayerContext context, int features, int units)
    {
        var (kernel, recurrent) = (context.Weight(0, features, 3 * units).Values, context.Weight(1, units, 3 * units).Values);
        var cudnn = context.Config.ClassName.StartsWith("CuDNN", StringComparison.Ordinal);

        // Files from before Keras 2.1.4 lack this setting; it was always false then.
        var resetAfter = cudnn || context.Config.Flag("reset_after");
        if (!context.Config.Flag("use_bias", true))
            return new GruWeights(kernel, recurrent, null, null, resetAfter);
        var bias = context.Weights.Own.Count > 2 ? context.Weights.Own[2] : context.Weight(2);
        if (cudnn || bias is { Shape: [var length] } && length == 6 * units)
        {
            var flat = context.Weight(2, 6 * units).Values;
            return new GruWeights(
                Gates.FromCudnn(kernel, features, units, 3), Gates.FromCudnnRecurrent(recurrent, units, 3), flat[..(3 * units)],
                flat[(3 * units)..], ResetAfter: true);
        }

        if (!resetAfter)
            return new GruWeights(kernel, recurrent, context.Weight(2, 3 * units).Values, null, false);
        var both = context.Weight(2, 2, 3 * units).Values;
        return new GruWeights(kernel, recurrent, both[..(3 * units)], both[(3 * units)..], true);
    }

    /// <summary>(3 units, rows).</summary>
    public static float[] Onnx(float[] kernel, int rows, int units) => Gates.Turn(kernel, rows, units, s_gates);

    /// <summary>(6 units): the bias for the input, then the one for the state.</summary>
    public float[] OnnxBias(int units)
    {
        var bias = new float[6 * units];
        InputBias?.CopyTo(bias, 0);
        RecurrentBias?.CopyTo(bias, 3 * units);
        return bias;
    }

    /// <summary>The recurrent kernel split into its three gates, (units, units) each.</summary>
    public float[][] RecurrentColumns()
    {
        var units = (int)Math.Round(Math.Sqrt(Recurrent.Length / 3.0));
        return [.. s_gates.Select(
            g => Enumerable.Range(0, units).SelectMany(r => Recurrent.Skip((r * 3 * units) + (g * units)).Take(units)).ToArray())];
    }
}

/// <summary>Kernels that contain several gates side by side.</summary>
internal static class Gates
{
    /// <summary>(rows, gates · units) to (gates · units, rows), with the gates reordered.</summary>
    public static float[] Turn(float[] kernel, int rows, int units, int[] order)
    {
        var (turned, width) = (new float[kernel.Length], order.Length * units);
        for (var g = 0; g < order.Length; g++)
        {
            for (var u = 0; u < units; u++)
            {
                for (var r = 0; r < rows; r++)
                    turned[(((g * units) + u) * rows) + r] = kernel[(r * width) + (order[g] * units) + u];
            }
        }

        return turned;
    }

    /// <summary>
    /// CuDNN layers store each gate's input kernel in column-major order (<c>preprocess_weights_for_loading</c> of Keras 2).
    /// </summary>
    public static float[] FromCudnn(float[] kernel, int rows, int units, int gates)
    {
        var (turned, width) = (new float[kernel.Length], gates * units);
        for (var g = 0; g < gates; g++)
        {
            for (var n = 0; n < rows * units; n++)
                turned[(n % rows * width) + (g * units) + (n / rows)] = kernel[(n / units * width) + (g * units) + (n % units)];
        }

        return turned;
    }

    /// <summary>CuDNN layers store each gate's recurrent kernel transposed.</summary>
    public static float[] FromCudnnRecurrent(float[] kernel, int units, int gates)
    {
        var (turned, width) = (new float[kernel.Length], gates * units);
        for (var g = 0; g < gates; g++)
        {
            for (var i = 0; i < units; i++)
            {
                for (var j = 0; j < units; j++)
                    turned[(i * width) + (g * units) + j] = kernel[(j * width) + (g * units) + i];
            }
        }

        return turned;
    }
}
