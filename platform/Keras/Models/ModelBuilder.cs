using System.Globalization;
using Siaga.Keras.Containers;
using Siaga.Keras.Graph;
using Siaga.Keras.Layers;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Models;

/// <summary>Converts a whole model to one graph.</summary>
internal sealed class ModelBuilder(ModelFile file)
{
    private readonly OnnxGraph _graph = new();
    private readonly Dictionary<string, KerasLayerInfo> _infos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WeightNode> _weights = new(StringComparer.Ordinal);
    private readonly int _major = file.KerasVersion.StartsWith('3') ? 3 : 2;

    public KerasModel Build()
    {
        var model = LayerConfig.Of(file.Config);
        if (model.ClassName is not ("Sequential" or "Functional" or "Model")
            || (model.IsCustom && model.ClassName is not ("Functional" or "Sequential")))
        {
            throw new KerasException(
                "model_class_unsupported",
                $"The model is a '{model.ClassName}', a custom class, whose code is not in the file. "
                + "Build it with Sequential or the functional API and save again.",
                model.ClassName);
        }

        // Look up every layer and every weight before creating the first operator.
        var layers = ModelLayout.WithFolders(model).ToList();
        foreach (var (layer, folder) in layers)
            _weights[layer.Name] = file.Weights.Of(WeightPlan.Of(layer), folder);

        var outputs = model.ClassName == "Sequential" ? Chain(model, [.. layers.Select(l => l.Layer)]) : Run(new FunctionalGraph(model));
        for (var i = 0; i < outputs.Count; i++)
            Finish(outputs[i], outputs.Count == 1 ? "output" : string.Create(CultureInfo.InvariantCulture, $"output_{i}"));
        Folding.Run(_graph);
        Borders.Run(_graph);
        return new KerasModel(
            file.KerasVersion,
            _weights.Values.Sum(w => w.Count),
            [.. layers.Where(l => _infos.ContainsKey(l.Layer.Name)).Select(l => _infos[l.Layer.Name])],
            Warnings.Of(model, [.. layers.Select(l => l.Layer)], outputs),
            _graph.ToModel());
    }

    private IReadOnlyList<Value> Chain(LayerConfig model, List<LayerConfig> layers)
    {
        var shape = InputShape(model, layers[0])
            ?? throw new KerasException(
                "input_shape_missing", "The model does not define its input shape; build it before saving.", layers[0].Name);
        IReadOnlyList<Value> values = [Feed("input", shape)];
        foreach (var layer in layers.Where(l => l.ClassName != "InputLayer"))
            values = Call(layer, LayerCall.Of(values));
        return values;
    }

    /// <summary>The input shape: from the first layer, from the model itself, or from the first layer of a nested model.</summary>
    private static IReadOnlyList<int?>? InputShape(LayerConfig model, LayerConfig first)
    {
        if (first.BatchShape() is { } said)
            return said;
        if (model.Has("build_input_shape") && LayerConfig.Shape(model["build_input_shape"]) is { } built)
            return built;
        if (first.Has("layer"))
            return first.Inner("layer").BatchShape() is { } inner && first.ClassName != "TimeDistributed" ? inner : null;
        if (first.ClassName is "Sequential")
            return InputShape(first, ModelLayout.LayersOf(first)[0]);
        return first.ClassName is "Functional" or "Model" && new FunctionalGraph(first) is { Inputs: [{ } only] } graph
            ? graph.InputLayer(only).BatchShape()
            : null;
    }

    private IReadOnlyList<Value> Run(FunctionalGraph graph)
    {
        var inputs = new List<Value>();
        foreach (var input in graph.Inputs)
        {
            var layer = graph.InputLayer(input);
            inputs.Add(Feed(graph.Inputs.Count == 1 ? "input" : layer.Name, layer.BatchShape()
                ?? throw new KerasException(
                    "input_shape_missing", $"The input '{layer.Name}' does not define its shape.", layer.Name)));
        }

        return graph.Run(inputs, Call);
    }

    /// <summary>Adds a model input. The batch size stays variable, whatever the file says.</summary>
    private Value Feed(string name, IReadOnlyList<int?> shape)
    {
        if (shape.Count == 0)
            throw new KerasException("input_shape_missing", $"The input '{name}' has no dimensions.", name);
        IReadOnlyList<int?> open = [null, .. shape.Skip(1)];
        _graph.Input(name, open);
        var value = new Value(name, open);
        Limits.Check(LayerConfig.Of(file.Config), value);
        return value;
    }

    private IReadOnlyList<Value> Call(LayerConfig layer, LayerCall call)
    {
        var weights = _weights[layer.Name];
        var outputs = Layer.Of(layer).Call(new LayerContext(_graph, layer, weights, _major), call);
        _infos.TryAdd(
            layer.Name, new KerasLayerInfo(layer.Name, layer.ClassName, outputs.Count > 0 ? outputs[0].Shape : [], weights.Count));
        return outputs;
    }

    private void Finish(Value output, string name)
    {
        var plain = _graph.AsKeras(output);
        _graph.Rename(plain.Element == Element.Float ? plain.Name : _graph.AsFloat(plain.Name), name);
        _graph.Output(name, plain.Shape);
    }
}
