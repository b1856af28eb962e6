using Microsoft.ML.OnnxRuntime;

namespace Siaga.Inference.Onnx;

internal sealed class OnnxInferenceModel(InferenceSession session) : IInferenceModel
{
    private static readonly RunOptions s_run = new();

    public IReadOnlyList<TensorSpec> Inputs { get; } = Specs(session.InputNames, session.InputMetadata);

    public IReadOnlyList<TensorSpec> Outputs { get; } = Specs(session.OutputNames, session.OutputMetadata);

    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count != Inputs.Count)
            throw new InferenceException($"The model takes {Inputs.Count} inputs, not {inputs.Count}.");
        var values = new List<OrtValue>();
        try
        {
            foreach (var input in inputs)
            {
                values.Add(OrtValue.CreateTensorValueFromMemory(
                    OrtMemoryInfo.DefaultInstance, input.Values, [.. input.Shape.Select(d => (long)d)]));
            }

            using var results = session.Run(s_run, session.InputNames, values, session.OutputNames);
            return [.. results.Select(Copy)];
        }
        catch (Exception e) when (e is OnnxRuntimeException or ArgumentException)
        {
            throw new InferenceException($"The model cannot take these tensors: {e.Message}", e);
        }
        finally
        {
            foreach (var value in values)
                value.Dispose();
        }
    }

    public void Dispose() => session.Dispose();

    private static Tensor Copy(OrtValue value) => new(
        [.. value.GetTensorTypeAndShape().Shape.Select(d => checked((int)d))], value.GetTensorDataAsSpan<float>().ToArray());

    private static IReadOnlyList<TensorSpec> Specs(IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata) =>
        [.. names.Select(n => new TensorSpec(n, [.. metadata[n].Dimensions.Select(d => d < 0 ? (int?)null : d)]))];
}
