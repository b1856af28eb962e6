using System.Text.Json;
using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Runs sequential and functional models.</summary>
internal static class RefModels
{
    public static List<JsonObject> LayersOf(JsonObject model) => [.. model.ConfigOf()["layers"]!.AsArray().Select(l => l!.AsObject())];

    public static IReadOnlyList<Nd> Run(Reference reference, JsonObject model, RefWeights weights, IReadOnlyList<Nd> inputs, string path)
    {
        var layers = LayersOf(model);

        // Create weights in the order of the file, which is Keras's.
        layers.ForEach(l => weights.Part(l.NameOf()));
        return model.ClassOf() == "Sequential"
            ? Chain(reference, layers, weights, inputs, path)
            : Graph(reference, model.ConfigOf(), layers, weights, inputs, path);
    }

    public static IEnumerable<(string Layer, int Node, int Tensor)> Ends(JsonNode ends)
    {
        var list = ends.AsArray();
        return list[0] is JsonArray ? list.SelectMany(e => Ends(e!)) : [Reference(list)];
    }

    /// <summary>
    /// "Functional models start with a pre-existing node": calls of a nested model are numbered from 1. In Keras 2 the same holds for a
    /// Sequential that starts with its InputLayer.
    /// </summary>
    public static int FirstCall(JsonObject layer, bool keras3) => layer.ClassOf() switch
    {
        "Functional" or "Model" => 1,
        "Sequential" => !keras3 && LayersOf(layer)[0].ClassOf() == "InputLayer" ? 1 : 0,
        _ => 0,
    };

    private static IReadOnlyList<Nd> Chain(
        Reference reference, List<JsonObject> layers, RefWeights weights, IReadOnlyList<Nd> values, string path)
    {
        foreach (var layer in layers.Where(l => l.ClassOf() != "InputLayer"))
            values = reference.Call(layer, weights.Part(layer.NameOf()), RefCall.Of(values), path);
        return values;
    }

    private static IReadOnlyList<Nd> Graph(
        Reference reference, JsonObject config, List<JsonObject> layers, RefWeights weights, IReadOnlyList<Nd> inputs, string path)
    {
        var made = new Dictionary<(string, int), IReadOnlyList<Nd>>();
        foreach (var ((name, node, _), value) in Ends(config["input_layers"]!).Zip(inputs))
            made[(name, node)] = [value];
        var byName = layers.ToDictionary(l => l.NameOf());
        return [.. Ends(config["output_layers"]!).Select(Find)];

        Nd Find((string Layer, int Node, int Tensor) tensor)
        {
            if (!made.TryGetValue((tensor.Layer, tensor.Node), out var outputs))
            {
                var layer = byName[tensor.Layer];
                var node = tensor.Node - FirstCall(layer, reference.Keras3);
                outputs = made[(tensor.Layer, tensor.Node)] = reference.Call(
                    layer, weights.Part(tensor.Layer), CallOf(layer["inbound_nodes"]![node]!), path);
            }

            return outputs[tensor.Tensor];
        }

        RefCall CallOf(JsonNode node)
        {
            var (keywords, constants) = (new Dictionary<string, IReadOnlyList<Nd>>(), new JsonObject());
            var tensors = new List<Nd>();
            if (node is JsonObject call)
            {
                tensors.AddRange(Tensors(call["args"]));
                foreach (var (key, value) in call["kwargs"]!.AsObject().Where(k => k.Value is not JsonValue))
                    Keyword(key, value);
                foreach (var (key, value) in call["kwargs"]!.AsObject().Where(k => k.Value is JsonValue))
                    constants[key] = value!.DeepClone();
            }
            else
            {
                var list = node.AsArray();
                foreach (var entry in list[0] is JsonValue ? [list] : list.Select(e => e!.AsArray()))
                {
                    tensors.Add(Find(Reference(entry)));
                    foreach (var (key, value) in entry[3]!.AsObject())
                        Keyword(key, value);
                }
            }

            return new RefCall(tensors, keywords, constants);

            void Keyword(string key, JsonNode? value)
            {
                List<Nd> found = [.. Tensors(value)];
                if (found.Count > 0)
                    keywords[key] = found;
                else
                    constants[key] = value?.DeepClone();
            }
        }

        IEnumerable<Nd> Tensors(JsonNode? node) => node switch
        {
            JsonObject o when o["class_name"]
                ?.GetValue<string>() == "__keras_tensor__" => [Find(Reference(o["config"]!["keras_history"]!.AsArray()))],
            JsonArray { Count: >= 3 } a when a[0] is JsonValue v && v.TryGetValue<string>(out _) => [Find(Reference(a))],
            JsonArray a => a.SelectMany(Tensors),

            // A plain number as an operand.
            JsonValue v when v.GetValueKind() == JsonValueKind.Number => [new Nd([], [Json.Number(v)])],
            _ => [],
        };
    }

    private static (string Layer, int Node, int Tensor) Reference(JsonArray entry) =>
        (entry[0]!.GetValue<string>(), entry[1]!.GetValue<int>(), entry[2]!.GetValue<int>());
}
