using System.Text.Json;
using Siaga.Keras.Layers;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Models;

/// <summary>The layers of a model, outermost or nested, in the order of its configuration.</summary>
internal static class ModelLayout
{
    public static IReadOnlyList<LayerConfig> LayersOf(LayerConfig model)
    {
        var config = model.Json;
        var listed = config.ValueKind == JsonValueKind.Array
            ? config
            : config.ValueKind == JsonValueKind.Object
                && config.TryGetProperty("layers", out var layers)
                && layers.ValueKind == JsonValueKind.Array
            ? layers
            : throw new KerasException("model_config_broken", $"The model '{model.Name}' ({model.ClassName}) lists no layers.", model.Name);
        if (listed.GetArrayLength() is 0 or > Limits.Layers)
            throw new KerasException("model_without_layers", $"The model '{model.Name}' has {listed.GetArrayLength()} layers.", model.Name);
        List<LayerConfig> found = [.. listed.EnumerateArray().Select(LayerConfig.Of)];
        var twice = found.GroupBy(l => l.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any());
        return twice is null ? found : throw new KerasException("model_config_broken", $"Two layers are called '{twice.Key}'.", twice.Key);
    }

    /// <summary>Each layer with the folder of its weights in an archive.</summary>
    public static IEnumerable<(LayerConfig Layer, string Folder)> WithFolders(LayerConfig model)
    {
        var layers = LayersOf(model);
        return layers.Zip(ArchivedWeights.Folders(layers.Select(l => l.ClassName)));
    }

    public static IEnumerable<WeightPart> Parts(LayerConfig model) =>
        WithFolders(model)
            .Select(l => new WeightPart(l.Layer.Name, l.Layer, $"layers/{l.Folder}", $"_layer_checkpoint_dependencies/{l.Folder}"));
}
