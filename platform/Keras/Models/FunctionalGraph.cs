using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Models;

/// <summary>Calls the layers of a functional model in topological order.</summary>
internal sealed class FunctionalGraph
{
    private readonly Dictionary<(string Layer, int Node), CallNode> _calls = [];
    private readonly Dictionary<string, LayerConfig> _layers;
    private readonly LayerConfig _model;

    public FunctionalGraph(LayerConfig model)
    {
        _model = model;
        _layers = ModelLayout.LayersOf(model).ToDictionary(l => l.Name, StringComparer.Ordinal);
        Inputs = CallReader.ReadEnds(model["input_layers"]);
        Outputs = CallReader.ReadEnds(model["output_layers"]);
        var nodes = _layers.Values.Where(l => l.ClassName != "InputLayer")
            .ToDictionary(l => l.Name, l => CallReader.Read(l.Entry), StringComparer.Ordinal);
        var last = nodes.Values.SelectMany(n => n).SelectMany(n => n.References).Concat(Outputs)
            .GroupBy(r => r.Layer, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(r => r.Node), StringComparer.Ordinal);
        foreach (var (name, calls) in nodes)
        {
            // Creating a nested model counts as its call 0, except for a Sequential in some Keras versions; the references show which.
            var first = calls.Count > 0 && IsModel(_layers[name]) && last.GetValueOrDefault(name) == calls.Count ? 1 : 0;
            for (var i = 0; i < calls.Count; i++)
                _calls[(name, i + first)] = calls[i];
        }

        if (_calls.Count > Limits.Calls)
            throw new KerasException("model_too_large", $"The model calls its layers {_calls.Count} times.", model.Name);
        if (Inputs.Count == 0 || Outputs.Count == 0)
            throw new KerasException("model_config_broken", "The model has no inputs or no outputs.", model.Name);
        if (Inputs.Count > Limits.Ends || Outputs.Count > Limits.Ends)
            throw new KerasException("model_too_large", $"The model has {Inputs.Count} inputs and {Outputs.Count} outputs.", model.Name);
        if (Inputs.Distinct().Count() != Inputs.Count)
            throw new KerasException("model_config_broken", "The model lists an input twice.", model.Name);
    }

    public IReadOnlyList<TensorReference> Inputs { get; }

    public IReadOnlyList<TensorReference> Outputs { get; }

    public LayerConfig InputLayer(TensorReference input) => _layers.TryGetValue(input.Layer, out var layer)
        ? layer
        : throw new KerasException("model_config_broken", $"The model's input '{input.Layer}' is not among its layers.", _model.Name);

    private static bool IsModel(LayerConfig layer) => layer.ClassName is "Functional" or "Model" or "Sequential";

    /// <param name="inputs">In the order of <see cref="Inputs"/>.</param>
    /// <param name="apply">Converts one call of a layer.</param>
    public IReadOnlyList<Value> Run(IReadOnlyList<Value> inputs, Func<LayerConfig, LayerCall, IReadOnlyList<Value>> apply)
    {
        if (inputs.Count != Inputs.Count)
            throw new KerasException(
                "layer_call", $"The model '{_model.Name}' takes {Inputs.Count} inputs and gets {inputs.Count}.", _model.Name);
        var made = new Dictionary<(string Layer, int Node), IReadOnlyList<Value>>();
        for (var i = 0; i < inputs.Count; i++)
            made[(Inputs[i].Layer, Inputs[i].Node)] = [inputs[i]];
        foreach (var key in Order(made.Keys))
            made[key] = apply(_layers[key.Layer], Resolve(_calls[key], made));
        return [.. Outputs.Select(o => Find(o, made))];
    }

    /// <summary>The calls that the outputs depend on, each after its own dependencies.</summary>
    private IEnumerable<(string Layer, int Node)> Order(IReadOnlyCollection<(string Layer, int Node)> given)
    {
        var done = new HashSet<(string Layer, int Node)>(given);
        var entered = new HashSet<(string Layer, int Node)>();
        var ordered = new List<(string Layer, int Node)>();
        var stack = new Stack<(string Layer, int Node)>(Outputs.Reverse().Select(o => (o.Layer, o.Node)));
        while (stack.TryPeek(out var key))
        {
            if (done.Contains(key))
            {
                stack.Pop();
                continue;
            }

            if (!_calls.TryGetValue(key, out var call))
                throw new KerasException(
                    "model_config_broken",
                    $"A layer needs the output of '{key.Layer}' (call {key.Node}), which the model does not have.",
                    key.Layer);
            var missing = call.References.Select(r => (r.Layer, r.Node)).Where(k => !done.Contains(k)).ToList();
            if (missing.Count == 0)
            {
                stack.Pop();
                done.Add(key);
                ordered.Add(key);
            }
            else if (!entered.Add(key))
            {
                throw new KerasException("model_config_broken", $"The layer '{key.Layer}' needs its own output.", key.Layer);
            }
            else
            {
                missing.ForEach(stack.Push);
            }
        }

        return ordered;
    }

    private static LayerCall Resolve(CallNode call, Dictionary<(string Layer, int Node), IReadOnlyList<Value>> made)
    {
        return new LayerCall(
            [.. call.Arguments.Select(OperandOf)], call.Keywords.ToDictionary(k => k.Key, k => OperandOf(k.Value), StringComparer.Ordinal));

        Operand OperandOf(Argument argument) => argument switch
        {
            TensorReference reference => new TensorOperand(Find(reference, made)),
            ListArgument list => new ListOperand([.. list.Items.Select(OperandOf)]),
            ConstantArgument constant => new ConstantOperand(constant.Json),
            _ => throw new InvalidOperationException("There is no other argument."),
        };
    }

    private static Value Find(TensorReference reference, Dictionary<(string Layer, int Node), IReadOnlyList<Value>> made) =>
        made.TryGetValue((reference.Layer, reference.Node), out var values) && reference.Tensor >= 0 && reference.Tensor < values.Count
            ? values[reference.Tensor]
            : throw new KerasException(
                "model_config_broken",
                $"The layer '{reference.Layer}' has no output {reference.Tensor} of call {reference.Node}.",
                reference.Layer);
}
