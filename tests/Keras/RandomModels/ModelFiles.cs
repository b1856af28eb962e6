using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PureHDF;
using Siaga.Keras.Containers;
using Siaga.Keras.Weights;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>
/// Writes a random model as its Keras version would: as a <c>.h5</c> file, as a <c>.keras</c> archive, or only in memory, which is faster.
/// </summary>
internal static class ModelFiles
{
    public static string Version(bool keras3) => keras3 ? "3.15.1" : "2.21.0";

    public static ModelFile InMemory(RandomModel model) =>
        new(JsonSerializer.SerializeToElement(model.Config), Version(model.Keras3), new Memory(model), new MemoryStream());

    public static void Write(RandomModel model, string path)
    {
        if (model.Archive)
            WriteArchive(model, path);
        else
            WriteHdf5(model, path);
    }

    /// <summary>All weights of an outermost layer as an old file lists them: trainable ones first.</summary>
    private static List<RefVariable> Flat(RandomModel model, JsonObject layer)
    {
        var weights = model.Weights.Part(layer.NameOf());
        List<RefVariable> all = [.. Walk(layer, weights, layer.NameOf(), true)];
        return [.. all.Where(v => v.Trainable), .. all.Where(v => !v.Trainable)];

        IEnumerable<RefVariable> Walk(JsonObject at, RefWeights of, string prefix, bool trainable)
        {
            trainable &= at.ConfigOf().Flag("trainable", true);
            foreach (var own in of.Own)
                yield return own with { Name = $"{prefix}/{own.Name}{(model.Keras3 ? "" : ":0")}", Trainable = own.Trainable && trainable };
            foreach (var (key, inner) in Ordered(at, of))
            {
                foreach (var variable in Walk(
                    inner.Layer,
                    inner.Weights,
                    inner.Named ? $"{layer.NameOf()}/{key}" : $"{prefix}/{NameOf(key, inner.Layer)}",
                    trainable))
                    yield return variable;
            }
        }
    }

    /// <summary>The parts of a layer in Keras's order. Layers of a nested model are named directly below the outermost layer.</summary>
    private static IEnumerable<(string Key, (JsonObject Layer, RefWeights Weights, bool Named) Part)> Ordered(
        JsonObject layer, RefWeights weights)
    {
        if (layer.ClassOf() is "Sequential" or "Functional")
            return RefModels.LayersOf(layer).Select(l => (l.NameOf(), (l, weights.Part(l.NameOf()), true)));
        return weights.Parts.Select(p => (p.Key, (PartOf(layer, p.Key), p.Weights, false)));
    }

    private static JsonObject PartOf(JsonObject layer, string key) => key switch
    {
        "layer" or "cell" => layer.ConfigOf().Inner(key),
        "forward_layer" => layer.ConfigOf().Inner("layer"),
        "backward_layer" => layer.ConfigOf()[key] as JsonObject ?? layer.ConfigOf().Inner("layer"),
        _ when layer.ClassOf() == "StackedRNNCells" => CellOf(layer, key),
        _ => new JsonObject { ["class_name"] = "EinsumDense", ["config"] = new JsonObject() },
    };

    /// <summary>The two directions have names of their own, even if the file contains the settings of only one.</summary>
    private static string NameOf(string key, JsonObject part) => (key, part.ConfigOf()["name"]?.GetValue<string>()) switch
    {
        (_, null) => key,
        ("backward_layer", { } name) when !name.StartsWith("backward_", StringComparison.Ordinal) => $"backward_{name}",
        (_, { } name) => name,
    };

    private static JsonObject CellOf(JsonObject stack, string folder)
    {
        List<JsonObject> cells = [.. stack.ConfigOf()["cells"]!.AsArray().Select(c => c!.AsObject())];
        return cells.Zip(Folders.Of(cells.Select(c => c.ClassOf()))).First(p => p.Second == folder).First;
    }

    private static void WriteHdf5(RandomModel model, string path)
    {
        var layers = RefModels.LayersOf(model.Config);
        var root = new H5Group { Attributes = new() { ["layer_names"] = layers.Select(l => l.NameOf()).ToArray(), [
            "backend"] = "tensorflow", ["keras_version"] = Version(model.Keras3) } };
        foreach (var layer in layers)
        {
            var variables = Flat(model, layer);
            var group = new H5Group { Attributes = new() { ["weight_names"] = variables.Select(v => v.Name).ToArray() } };
            foreach (var variable in variables)
                Put(group, variable.Name, variable.Value);
            root[layer.NameOf()] = group;
        }

        var file = new H5File { ["model_weights"] = root };
        file.Attributes["keras_version"] = Version(model.Keras3);
        file.Attributes["backend"] = "tensorflow";
        file.Attributes["model_config"] = model.Config.ToJsonString();
        file.Write(path);
    }

    private static void WriteArchive(RandomModel model, string path)
    {
        var hdf5 = new H5File();
        Layers(hdf5, model.Config, model.Weights, model.Keras3);
        using var stream = new MemoryStream();
        hdf5.Write(stream);
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Entry(
            "metadata.json",
            Encoding.UTF8.GetBytes($$"""{"keras_version": "{{Version(model.Keras3)}}", "date_saved": "2026-01-01@00:00:00"}"""));
        Entry("config.json", Encoding.UTF8.GetBytes(model.Config.ToJsonString()));
        Entry("model.weights.h5", stream.ToArray());

        void Entry(string name, byte[] bytes)
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(bytes);
        }
    }

    private static void Layers(H5Group at, JsonObject model, RefWeights weights, bool keras3)
    {
        var layers = RefModels.LayersOf(model);
        foreach (var (layer, folder) in layers.Zip(Folders.Of(layers.Select(l => l.ClassOf()))))
            Save(at, $"layers/{folder}", layer, weights.Part(layer.NameOf()), keras3);
    }

    private static void Save(H5Group at, string place, JsonObject layer, RefWeights weights, bool keras3)
    {
        if (layer.ClassOf() is "Sequential" or "Functional")
        {
            var group = Group(at, place);
            Layers(group, layer, weights, keras3);
            return;
        }

        var own = layer.ClassOf() is "LSTM" or "GRU" or "SimpleRNN" or "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D" ? "cell/vars" : "vars";
        foreach (var (variable, i) in weights.Own.Select((v, i) => (v, i)))
            Put(Group(at, place), $"{own}/{i}", variable.Value);
        foreach (var (key, part) in weights.Parts)
            Save(at, $"{place}/{FolderOf(layer, key, keras3)}", PartOf(layer, key), part, keras3);
    }

    private static string FolderOf(JsonObject layer, string key, bool keras3) => layer.ClassOf() switch
    {
        "StackedRNNCells" => $"cells/{key}",
        "MultiHeadAttention" => $"{(keras3 ? "" : "_")}{(key == "attention_output" ? "output" : key)}_dense",
        _ => key,
    };

    private static H5Group Group(H5Group at, string path)
    {
        foreach (var part in path.Split('/'))
            at = (H5Group)(at.TryGetValue(part, out var known) ? known : at[part] = new H5Group());
        return at;
    }

    private static void Put(H5Group at, string path, Nd value)
    {
        var parts = path.Split('/');
        var group = parts.Length == 1 ? at : Group(at, string.Join('/', parts[..^1]));
        float[] values = [.. value.Data.Select(v => (float)v)];
        group[parts[^1]] = value.Rank == 0
            ? new H5Dataset<float>(values[0])
            : new H5Dataset(values, fileDims: [.. value.Shape.Select(s => (ulong)s)]);
    }

    /// <summary>The weights as a <c>.h5</c> file would list them.</summary>
    private sealed class Memory(RandomModel model) : IWeightSource
    {
        public WeightNode Of(WeightPlan plan, string folder)
        {
            var layer = RefModels.LayersOf(model.Config).Find(l => l.NameOf() == plan.Config.Name)!;
            return FlatWeights.Give(
                plan, [.. Flat(model, layer).Select(v => new WeightArray(v.Name, v.Value.Shape, [.. v.Value.Data.Select(n => (float)n)]))]);
        }
    }
}
