using System.Globalization;
using Siaga.Keras.Containers;
using Siaga.Keras.Graph;
using Siaga.Keras.Layers;
using Siaga.Keras.Models;
using Siaga.Keras.Weights;

namespace Siaga.Keras;

/// <param name="Name">The layer's name in the file.</param>
/// <param name="ClassName">Keras's class.</param>
/// <param name="OutputShape">Output of its first call, batch first; null for a size known only at run time.</param>
/// <param name="Parameters">Number of weights.</param>
public sealed record KerasLayerInfo(string Name, string ClassName, IReadOnlyList<int?> OutputShape, long Parameters);

/// <summary>A Keras model read from a file, as an ONNX graph. Reading never executes code from the file.</summary>
public sealed class KerasModel
{
    private readonly byte[] _onnx;

    internal KerasModel(
        string kerasVersion, long parameters, IReadOnlyList<KerasLayerInfo> layers, IReadOnlyList<string> warnings, byte[] onnx)
    {
        (KerasVersion, Parameters, Layers, Warnings, _onnx) = (kerasVersion, parameters, layers, warnings, onnx);
    }

    /// <summary>The Keras version that saved the model; "" when the file does not say.</summary>
    public string KerasVersion { get; }

    public long Parameters { get; }

    /// <summary>The layers of the outermost model.</summary>
    public IReadOnlyList<KerasLayerInfo> Layers { get; }

    /// <summary>Problems with which the model still runs, but probably not as its author intended.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The model as an ONNX file: inputs and outputs in Keras's order, batch first, 32-bit floats.</summary>
    public ReadOnlyMemory<byte> Onnx => _onnx;

    /// <summary>Reads a <c>.h5</c> or <c>.keras</c> file.</summary>
    /// <exception cref="KerasException">The file is not a model, or is refused.</exception>
    public static KerasModel Read(string path)
    {
        try
        {
            using var file = ModelFile.Read(path);
            return new ModelBuilder(file).Build();
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or OverflowException
            or ArgumentException or IndexOutOfRangeException or System.Text.Json.JsonException or InvalidCastException)
        {
            // An untrusted configuration has a number where a string belongs, or lacks a field.
            throw new KerasException(
                "model_config_broken", "The model's configuration lacks what it needs, or holds something else in its place.", null, e);
        }
    }
}
