using Microsoft.ML.OnnxRuntime;

namespace Siaga.Inference.Onnx;

/// <summary>
/// Runs ONNX Runtime on the CPU, one thread a run: running several clips at once gains as much as several threads on one, and is simpler.
/// </summary>
public sealed class OnnxInferenceRuntime : IInferenceRuntime
{
    private const string WithoutOptimisers = "optimization.disable_specified_optimizers";

    /// <summary>
    /// Optimisation settings to try in turn. Some optimisers turn operators of a valid model into ones without a CPU kernel:
    /// TransposeOptimizer does so with a Resize of images. A refused model is tried without that optimiser, then without any.
    /// </summary>
    private static readonly (GraphOptimizationLevel Level, string Without)[] s_ways =
    [
        (GraphOptimizationLevel.ORT_ENABLE_ALL, ""),
        (GraphOptimizationLevel.ORT_ENABLE_ALL, "TransposeOptimizer"),
        (GraphOptimizationLevel.ORT_DISABLE_ALL, ""),
    ];

    public OnnxInferenceRuntime() => OnnxTelemetry.RequireOff();

    public IInferenceModel Load(ReadOnlyMemory<byte> onnx)
    {
        var model = onnx.ToArray();
        for (var way = 0; ; way++)
        {
            try
            {
                return new OnnxInferenceModel(Open(model, s_ways[way].Level, s_ways[way].Without));
            }
            catch (OnnxRuntimeException e) when (way == s_ways.Length - 1)
            {
                throw new InferenceException($"The runtime refuses the model: {e.Message}", e);
            }
            catch (OnnxRuntimeException)
            {
                // Try the next setting.
            }
        }
    }

    private static InferenceSession Open(byte[] model, GraphOptimizationLevel level, string without)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = level,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,

            // Errors are thrown as well; the log would only go to standard error.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        if (without.Length > 0)
            options.AddSessionConfigEntry(WithoutOptimisers, without);
        return new InferenceSession(model, options);
    }
}
