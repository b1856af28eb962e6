using System.Text.Json;
using Siaga.Keras.Containers;
using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras;

/// <param name="Name">As the file names it.</param>
/// <param name="ClassName">Keras's class.</param>
/// <param name="OutputShape">Batch first; null: known only when it runs.</param>
/// <param name="Parameters">Numbers of weights.</param>
public sealed record KerasLayerInfo(string Name, string ClassName, IReadOnlyList<int?> OutputShape, long Parameters);

/// <summary>A Keras model read from a file, as an ONNX graph. Reading never runs anything that the file brings.</summary>
public sealed class KerasModel
{
    private readonly byte[] _onnx;

    private KerasModel(string kerasVersion, long parameters, IReadOnlyList<KerasLayerInfo> layers, IReadOnlyList<string> warnings, byte[] onnx)
    {
        (KerasVersion, Parameters, Layers, Warnings, _onnx) = (kerasVersion, parameters, layers, warnings, onnx);
    }

    /// <summary>Of the Keras that saved it; "" where the file does not say.</summary>
    public string KerasVersion { get; }

    public long Parameters { get; }

    public IReadOnlyList<KerasLayerInfo> Layers { get; }

    /// <summary>What will run, but hardly as its maker meant.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The model as an ONNX file: one input, one output, batch first, float32.</summary>
    public ReadOnlyMemory<byte> Onnx => _onnx;

    /// <summary>Reads a <c>.h5</c> file.</summary>
    /// <exception cref="KerasException">The file is no model, or one that is refused.</exception>
    public static KerasModel Read(string path)
    {
        try
        {
            var file = ModelFile.Read(path);
            return Build(file);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            // A configuration from outside that has a number where text belongs, or lacks a field.
            throw new KerasException("model_config_broken", "The model's configuration lacks what it needs, or holds something else in its place.", null, e);
        }
    }

    private static KerasModel Build(ModelFile file)
    {
        var className = file.Config.GetProperty("class_name").GetString();
        if (className != "Sequential")
            throw new KerasException("model_class_unsupported", $"A model of the class '{className}' is not supported yet; Sequential ones are.");
        var config = file.Config.GetProperty("config");
        var listed = config.ValueKind == JsonValueKind.Array ? config : config.GetProperty("layers");
        List<LayerConfig> layers = [.. listed.EnumerateArray().Select(LayerConfig.Of)];
        if (layers.Count == 0)
            throw new KerasException("model_without_layers", "The model has no layers.");
        var inputShape = layers[0].BatchShape()
            ?? (layers[0].Has("layer") ? LayerConfig.Of(layers[0]["layer"]).BatchShape() : null)
            ?? throw new KerasException("input_shape_missing", "The model does not say what shape its input has; build it before saving.", layers[0].Name);

        var graph = new OnnxGraph();
        graph.Input("input", inputShape);
        var value = new Value("input", [null, .. inputShape.Skip(1)]);
        var infos = new List<KerasLayerInfo>();
        var major = file.KerasVersion.StartsWith('3') ? 3 : 2;
        foreach (var layer in layers.Where(l => l.ClassName != "InputLayer"))
        {
            var weights = file.Weights.Of(layer.Name);
            value = Layer.Of(layer).Apply(new LayerContext(graph, layer, weights, major), value);
            infos.Add(new KerasLayerInfo(layer.Name, layer.ClassName, value.Shape, weights.Sum(w => (long)w.Values.Length)));
        }

        var last = graph.AsKeras(value);
        graph.Add("Identity", [last.Name], ["output"]);
        graph.Output("output", last.Shape);
        return new KerasModel(file.KerasVersion, file.Weights.Parameters, infos, Warn(layers[^1], last), graph.ToModel());
    }

    private static IReadOnlyList<string> Warn(LayerConfig last, Value output) =>
        output.Shape[^1] == 1 && last.Activation("activation") == "softmax"
            ? [$"The output cannot vary: '{last.Name}' is a softmax over one unit, which is always 1. Its maker probably meant sigmoid."]
            : [];
}
