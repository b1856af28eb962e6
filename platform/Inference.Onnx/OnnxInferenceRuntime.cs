using Microsoft.ML.OnnxRuntime;

namespace Siaga.Inference.Onnx;

/// <summary>ONNX Runtime on the processor, one thread a run: clips side by side gain as much as threads on one clip, and are simpler.</summary>
public sealed class OnnxInferenceRuntime : IInferenceRuntime
{
    public IInferenceModel Load(ReadOnlyMemory<byte> onnx)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            return new OnnxInferenceModel(new InferenceSession(onnx.ToArray(), options));
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"The runtime refuses the model: {e.Message}", e);
        }
    }
}
