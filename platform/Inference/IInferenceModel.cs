namespace Siaga.Inference;

/// <summary>The description of a model's input or output.</summary>
/// <param name="Name">The name inside the model.</param>
/// <param name="Shape">Batch dimension first; null for a dimension of any size.</param>
public sealed record TensorSpec(string Name, IReadOnlyList<int?> Shape);

/// <summary>32-bit floats in row-major order.</summary>
/// <param name="Shape">Batch dimension first.</param>
/// <param name="Values">As many as the shape requires. A model reads them in place and keeps no reference.</param>
public sealed record Tensor(IReadOnlyList<int> Shape, Memory<float> Values);

/// <summary>Runs ONNX models.</summary>
public interface IInferenceRuntime
{
    /// <summary>Loads a model completely: a model that loads can run.</summary>
    /// <exception cref="InferenceException">The runtime refuses the model.</exception>
    IInferenceModel Load(ReadOnlyMemory<byte> onnx);
}

/// <summary>A loaded model. Thread-safe; each run uses one thread.</summary>
public interface IInferenceModel : IDisposable
{
    IReadOnlyList<TensorSpec> Inputs { get; }

    IReadOnlyList<TensorSpec> Outputs { get; }

    /// <summary>Runs one forward pass.</summary>
    /// <param name="inputs">In the order of <see cref="Inputs"/>.</param>
    /// <returns>In the order of <see cref="Outputs"/>.</returns>
    /// <exception cref="InferenceException">An input does not fit, or the pass failed.</exception>
    IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs);
}

/// <summary>A model or a tensor that does not fit.</summary>
public sealed class InferenceException(string message, Exception? inner = null) : Exception(message, inner);
