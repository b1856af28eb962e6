using Microsoft.ML.OnnxRuntime;

namespace Siaga.Inference.Onnx;

/// <summary>ONNX Runtime on the processor, one thread a run: clips side by side gain as much as threads on one clip, and are simpler.</summary>
public sealed class OnnxInferenceRuntime : IInferenceRuntime
{
    private const string WithoutOptimisers = "optimization.disable_specified_optimizers";

    /// <summary>
    /// Some optimisations make operators of a sound model that the processor has no kernel for: TransposeOptimizer turns a Resize of pictures
    /// so. A model that is refused is tried without that one, and then as it is.
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
                // The next way.
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

            // What goes wrong is thrown too; the log is the process's standard error.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        if (without.Length > 0)
            options.AddSessionConfigEntry(WithoutOptimisers, without);
        return new InferenceSession(model, options);
    }
}
