using Microsoft.ML.OnnxRuntime;

namespace Siaga.Inference.Onnx;

/// <summary>ONNX Runtime on the processor, one thread a run: clips side by side gain as much as threads on one clip, and are simpler.</summary>
public sealed class OnnxInferenceRuntime : IInferenceRuntime
{
    public IInferenceModel Load(ReadOnlyMemory<byte> onnx)
    {
        var model = onnx.ToArray();
        try
        {
            return new OnnxInferenceModel(Open(model, GraphOptimizationLevel.ORT_ENABLE_ALL));
        }
        catch (OnnxRuntimeException)
        {
            // Some optimisations make operators of a sound model that the processor has no kernel for.
            return Unoptimised(model);
        }
    }

    private static OnnxInferenceModel Unoptimised(byte[] model)
    {
        try
        {
            return new OnnxInferenceModel(Open(model, GraphOptimizationLevel.ORT_DISABLE_ALL));
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"The runtime refuses the model: {e.Message}", e);
        }
    }

    private static InferenceSession Open(byte[] model, GraphOptimizationLevel level)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = level,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        return new InferenceSession(model, options);
    }
}
