namespace Siaga.Inference;

/// <summary>A tensor that a model takes or gives.</summary>
/// <param name="Name">The model's name of it.</param>
/// <param name="Shape">Batch first; null: open.</param>
public sealed record TensorSpec(string Name, IReadOnlyList<int?> Shape);

/// <summary>32-bit floats in row-major order.</summary>
/// <param name="Shape">Batch first.</param>
/// <param name="Values">As many as the shape says. A model reads them in place and keeps nothing.</param>
public sealed record Tensor(IReadOnlyList<int> Shape, Memory<float> Values);

/// <summary>Runs ONNX models.</summary>
public interface IInferenceRuntime
{
    /// <summary>Loads a model completely: one that loads, runs.</summary>
    /// <exception cref="InferenceException">The runtime refuses it.</exception>
    IInferenceModel Load(ReadOnlyMemory<byte> onnx);
}

/// <summary>A loaded model. Safe to use from several threads at once; each run takes one.</summary>
public interface IInferenceModel : IDisposable
{
    IReadOnlyList<TensorSpec> Inputs { get; }

    IReadOnlyList<TensorSpec> Outputs { get; }

    /// <summary>One pass.</summary>
    /// <param name="inputs">In the order of <see cref="Inputs"/>.</param>
    /// <returns>In the order of <see cref="Outputs"/>.</returns>
    /// <exception cref="InferenceException">An input does not fit, or the pass failed.</exception>
    IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs);
}

/// <summary>A model or a tensor that does not fit.</summary>
public sealed class InferenceException(string message, Exception? inner = null) : Exception(message, inner);
