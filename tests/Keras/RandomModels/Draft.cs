using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>A tensor of a model under construction, with its value for the model's inputs.</summary>
internal sealed record Place(string Layer, int Node, int Tensor, Nd Value)
{
    public int[] Shape => Value.Shape;
}

/// <summary>What all parts of one random model share: the Keras version, the random source, and unique names.</summary>
internal sealed class Workshop(Dice dice, bool keras3, bool archive)
{
    private int _names;

    public Dice Dice => dice;

    public bool Keras3 => keras3;

    public bool Archive => archive;

    public Templates Templates { get; } = Templates.Of(keras3, archive);

    public JsonObject Layer(string className, params (string Key, JsonNode? Value)[] settings) => Layer(className, null, settings);

    public JsonObject Layer(string className, string? like, params (string Key, JsonNode? Value)[] settings)
    {
        var layer = Templates.Layer(className, like);
        var config = layer.ConfigOf();
        config["name"] = $"{Folders.Snake(className)}_{++_names}";
        foreach (var (key, value) in settings)
            config[key] = value;
        if (config.ContainsKey("trainable"))
            config["trainable"] = !dice.Chance(0.1);
        return layer;
    }

    public string Name(string stem) => $"{stem}_{++_names}";
}

/// <summary>
/// A graph of layers under construction. The reference runs each layer as soon as it is added, so shapes are always valid.
/// </summary>
internal sealed class Draft(Workshop workshop)
{
    private readonly List<JsonObject> _layers = [];
    private readonly List<Place> _inputs = [];
    private readonly List<Place> _all = [];
    private readonly HashSet<(string, int, int)> _used = [];
    private readonly Reference _reference = new(workshop.Keras3);

    public Workshop Workshop => workshop;

    public RefWeights Weights { get; } = new(workshop.Dice);

    public IReadOnlyList<Place> Inputs => _inputs;

    public IReadOnlyList<Place> All => _all;

    /// <summary>Unused tensors. They become the model's outputs, so that every layer contributes.</summary>
    public IReadOnlyList<Place> Leaves => [.. _all.Where(p => !_used.Contains((p.Layer, p.Node, p.Tensor)))];

    /// <param name="open">True to leave the number of steps undeclared.</param>
    public Place Input(Nd value, bool whole = false, bool open = false)
    {
        var layer = workshop.Templates.Layer("InputLayer");
        var (config, name) = (layer.ConfigOf(), workshop.Name("input"));
        config["name"] = name;
        config["dtype"] = whole ? "int32" : "float32";
        config.Remove("batch_shape");
        config.Remove("batch_input_shape");
        config[workshop.Keras3 ? "batch_shape" : "batch_input_shape"] = new JsonArray(
            [null, .. value.Shape.Skip(1).Select((s, i) => open && i == 0 ? null : (JsonNode?)s)]);
        layer["name"] = name;
        layer["inbound_nodes"] = new JsonArray();
        _layers.Add(layer);
        Weights.Part(name);
        var place = new Place(name, 0, 0, value);
        _inputs.Add(place);
        _all.Add(place);
        return place;
    }

    /// <summary>Calls a new or an existing layer; null when its values would become too large.</summary>
    public IReadOnlyList<Place>? Add(
        JsonObject layer, IReadOnlyList<Place> inputs, IReadOnlyList<Place>? states = null, JsonObject? constants = null,
        RefWeights? weights = null)
    {
        var name = layer.NameOf();
        var known = _layers.Exists(l => ReferenceEquals(l, layer));
        var keywords = states is null
            ? new Dictionary<string, IReadOnlyList<Nd>>()
            : new() { [KeyOf(layer)] = [.. states.Select(s => s.Value)] };
        var call = new RefCall([.. inputs.Select(i => i.Value)], keywords, constants ?? []);
        var own = known ? Weights.Part(name) : weights ?? new RefWeights(workshop.Dice);
        if (inputs.Any(i => i.Value.Mask is not null) && !Masks.Sure(layer))
            return null;
        var outputs = _reference.Call(layer, own, call);
        if (outputs.Any(o => o.Data.Length is 0 or > 4000 || o.Rank > 6 || o.Data.Any(v => !double.IsFinite(v) || Math.Abs(v) > 60)))
            return null;
        if (!known)
        {
            layer["name"] = name;
            layer["inbound_nodes"] = new JsonArray();
            _layers.Add(layer);
            Weights.Adopt(name, own);
        }

        var nodes = layer["inbound_nodes"]!.AsArray();
        var first = RefModels.FirstCall(layer, workshop.Keras3);
        nodes.Add(workshop.Keras3 ? Node3(layer, inputs, states, constants) : Node2(layer, inputs, states, constants));
        foreach (var p in inputs.Concat(states ?? []))
            _used.Add((p.Layer, p.Node, p.Tensor));
        List<Place> made = [.. outputs.Select((o, i) => new Place(name, nodes.Count - 1 + first, i, o))];
        _all.AddRange(made);
        return made;
    }

    /// <summary>An operator of the language instead of a layer: two tensors, or one and a number.</summary>
    public Place? Operate(string name, Place left, Place? right, double number)
    {
        var value = RefMerges.Merge(name, [], [left.Value.Unmasked(), right?.Value.Unmasked() ?? new Nd([], [number])]);
        if (value.Data.Any(v => Math.Abs(v) > 60))
            return null;
        var function = name switch { "Multiply" => "math.multiply", "Subtract" => "math.subtract", _ => "__operators__.add" };
        var called = workshop.Name(workshop.Keras3 ? Folders.Snake(name) : "tf." + function);
        JsonNode second = right is null ? number : workshop.Keras3 ? Tensor(right)! : new JsonArray(right.Layer, right.Node, right.Tensor);
        var layer = workshop.Keras3
            ? new JsonObject
            {
                ["module"] = "keras.src.ops.numpy",
                ["class_name"] = name,
                ["config"] = new JsonObject { ["name"] = called },
                ["registered_name"] = name,
                ["name"] = called,
                ["inbound_nodes"] = new JsonArray(
                    new JsonObject { ["args"] = new JsonArray(Tensor(left), second), ["kwargs"] = new JsonObject() }),
            }
            : new JsonObject
            {
                ["class_name"] = "TFOpLambda",
                ["config"] = new JsonObject { ["name"] = called, ["trainable"] = true, ["dtype"] = "float32", ["function"] = function },
                ["name"] = called,
                ["inbound_nodes"] = new JsonArray(
                    new JsonArray(new JsonArray(left.Layer, left.Node, left.Tensor, new JsonObject { ["y"] = second, ["name"] = null }))),
            };

        // The kind of file determines the keys beside the class.
        if (workshop.Keras3 && !workshop.Archive)
        {
            layer.Remove("module");
            layer.Remove("registered_name");
        }

        if (!workshop.Keras3)
        {
            layer["inbound_nodes"] = new JsonArray(
                layer["inbound_nodes"]![0]![0]!.DeepClone() is JsonArray entry ? new JsonArray(entry) : null);
        }

        _layers.Add(layer);
        Weights.Part(called);
        foreach (var p in right is null ? [left] : (Place[])[left, right])
            _used.Add((p.Layer, p.Node, p.Tensor));
        var place = new Place(called, 0, 0, value);
        _all.Add(place);
        return place;
    }

    public JsonObject ToFunctional(IReadOnlyList<Place> outputs)
    {
        var model = Frame("Functional", workshop.Name(workshop.Keras3 ? "functional" : "model"));
        var config = model.ConfigOf();
        config["layers"] = new JsonArray([.. _layers.Select(l => (JsonNode?)l.DeepClone())]);
        config["input_layers"] = Ends(_inputs);
        config["output_layers"] = Ends(outputs);
        return model;
    }

    /// <summary>For a linear model.</summary>
    public JsonObject ToSequential()
    {
        var model = Frame("Sequential", workshop.Name("sequential"));
        model.ConfigOf()["layers"] = new JsonArray([.. _layers.Select(l =>
        {
            var plain = l.DeepClone().AsObject();
            plain.Remove("inbound_nodes");
            plain.Remove("name");
            return (JsonNode?)plain;
        })]);
        return model;
    }

    private JsonObject Frame(string className, string name)
    {
        var model = workshop.Templates.Layer(className);
        var config = new JsonObject { ["name"] = name, ["trainable"] = true };
        if (className == "Sequential" && model.ConfigOf()["dtype"] is { } dtype)
            config["dtype"] = dtype.DeepClone();
        model["config"] = config;
        return model;
    }

    /// <summary>Keras 3 writes a single end without the outer list.</summary>
    private JsonArray Ends(IReadOnlyList<Place> places)
    {
        List<JsonArray> ends = [.. places.Select(p => new JsonArray(p.Layer, p.Node, p.Tensor))];
        return workshop.Keras3 && ends.Count == 1 ? ends[0] : new JsonArray([.. ends]);
    }

    private static string KeyOf(JsonObject layer) => layer.ClassOf() == "MultiHeadAttention" ? "value" : "initial_state";

    private static JsonNode Node2(JsonObject layer, IReadOnlyList<Place> inputs, IReadOnlyList<Place>? states, JsonObject? constants)
    {
        var keywords = constants?.DeepClone().AsObject() ?? [];
        if (layer.ClassOf() == "MultiHeadAttention")
            keywords["value"] = new JsonArray(states![0].Layer, states[0].Node, states[0].Tensor);
        IEnumerable<Place> listed = layer.ClassOf() == "MultiHeadAttention" ? inputs : inputs.Concat(states ?? []);
        return new JsonArray([.. listed.Select((p, i) => new JsonArray(p.Layer, p.Node, p.Tensor, i == 0 ? keywords : new JsonObject()))]);
    }

    private static JsonObject Node3(JsonObject layer, IReadOnlyList<Place> inputs, IReadOnlyList<Place>? states, JsonObject? constants)
    {
        var keywords = constants?.DeepClone().AsObject() ?? [];
        JsonNode?[] tensors = [.. inputs.Select(Tensor)];
        if (layer.ClassOf() == "MultiHeadAttention")
            return new JsonObject { ["args"] = new JsonArray([.. tensors, Tensor(states![0])]), ["kwargs"] = keywords };
        if (states is not null)
            keywords["initial_state"] = new JsonArray([.. states.Select(Tensor)]);
        return new JsonObject
        {
            ["args"] = inputs.Count > 1 ? new JsonArray(new JsonArray(tensors)) : new JsonArray(tensors),
            ["kwargs"] = keywords,
        };
    }

    private static JsonNode? Tensor(Place p) => new JsonObject
    {
        ["class_name"] = "__keras_tensor__",
        ["config"] = new JsonObject
        {
            ["shape"] = new JsonArray([null, .. p.Shape.Skip(1).Select(s => (JsonNode?)s)]),
            ["dtype"] = "float32",
            ["keras_history"] = new JsonArray(p.Layer, p.Node, p.Tensor),
        },
    };
}
