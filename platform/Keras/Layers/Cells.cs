using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>One step of a recurrent layer, as operators in the body of a loop.</summary>
internal abstract class Cell
{
    private static readonly Dictionary<string, Cell> s_byName = new(StringComparer.Ordinal)
    {
        ["LSTM"] = new LstmCell(), ["LSTMCell"] = new LstmCell(), ["CuDNNLSTM"] = new LstmCell(),
        ["GRU"] = new GruCell(), ["GRUCell"] = new GruCell(), ["CuDNNGRU"] = new GruCell(),
        ["SimpleRNN"] = new SimpleCell(), ["SimpleRNNCell"] = new SimpleCell(),
        ["StackedRNNCells"] = new StackedCells(),
    };

    /// <exception cref="KerasException">The cell is unknown.</exception>
    public static Cell Of(LayerConfig config) => !config.IsCustom && s_byName.TryGetValue(config.ClassName, out var cell) ? cell
        : throw new KerasException(
            "layer_unknown",
            $"The cell '{config.Name}' is a '{config.ClassName}', which is not a supported Keras cell. "
            + "Replace it with Keras layers and save again.",
            config.Name);

    public abstract IEnumerable<Variable> Variables(LayerConfig config);

    public virtual IEnumerable<WeightPart> Parts(LayerConfig config) => [];

    /// <summary>The size of each state.</summary>
    public abstract IReadOnlyList<int> StateSizes(LayerConfig config);

    public virtual int OutputSize(LayerConfig config) => config.Size("units");

    /// <param name="context">The cell's settings and weights; the weights are constants of the outer graph.</param>
    /// <param name="body">Receives the operators.</param>
    /// <param name="x">(batch, features).</param>
    /// <param name="features">Number of features.</param>
    /// <param name="states">(batch, size) each.</param>
    public abstract (string Output, IReadOnlyList<string> States) Step(
        LayerContext context, OnnxGraph body, string x, int features, IReadOnlyList<string> states);

    protected static string Activate(LayerContext context, OnnxGraph body, string key, string otherwise, string x) =>
        Activations.Elementwise(context with { Graph = body }, Activations.NameOf(context, key, otherwise), x);

    protected static string MatMul(LayerContext context, OnnxGraph body, string x, float[] weights, int rows, int columns) =>
        body.Add("MatMul", [x, context.Graph.Weights("kernel", weights, rows, columns)]);

    protected static IEnumerable<Variable> Usual(LayerConfig config) =>
        [new("kernel"), new("recurrent_kernel"), .. config.Flag("use_bias", true) ? [new Variable("bias")] : Array.Empty<Variable>()];
}

internal sealed class LstmCell : Cell
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => Usual(config);

    public override IReadOnlyList<int> StateSizes(LayerConfig config) => [config.Size("units"), config.Size("units")];

    public override (string Output, IReadOnlyList<string> States) Step(
        LayerContext context, OnnxGraph body, string x, int features, IReadOnlyList<string> states)
    {
        var units = context.Config.Size("units");
        var weights = LstmWeights.Of(context, features, units);
        var z = body.Add("Add", [
            MatMul(context, body, x, weights.Kernel, features, 4 * units),
            MatMul(context, body, states[0], weights.Recurrent, units, 4 * units),
        ]);
        if (weights.Bias is { } bias)
            z = body.Add("Add", [z, context.Graph.Weights("bias", bias, 4 * units)]);
        var gates = body.Add("Split", [z], 4, OnnxAttribute.Of("axis", -1L), OnnxAttribute.Of("num_outputs", 4L));
        string Gate(int at) => Activate(context, body, "recurrent_activation", "hard_sigmoid", gates[at]);
        var kept = body.Add("Mul", [Gate(1), states[1]]);
        var cell = body.Add("Add", [kept, body.Add("Mul", [Gate(0), Activate(context, body, "activation", "tanh", gates[2])])]);
        var hidden = body.Add("Mul", [Gate(3), Activate(context, body, "activation", "tanh", cell)]);
        return (hidden, [hidden, cell]);
    }
}

internal sealed class GruCell : Cell
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => Usual(config);

    public override IReadOnlyList<int> StateSizes(LayerConfig config) => [config.Size("units")];

    public override (string Output, IReadOnlyList<string> States) Step(
        LayerContext context, OnnxGraph body, string x, int features, IReadOnlyList<string> states)
    {
        var (units, h) = (context.Config.Size("units"), states[0]);
        var weights = GruWeights.Of(context, features, units);
        var fromInput = MatMul(context, body, x, weights.Kernel, features, 3 * units);
        if (weights.InputBias is { } bias)
            fromInput = body.Add("Add", [fromInput, context.Graph.Weights("bias", bias, 3 * units)]);
        var given = Thirds(body, fromInput);
        string Gate(string a, string b) => Activate(context, body, "recurrent_activation", "hard_sigmoid", body.Add("Add", [a, b]));
        string update, candidate;
        if (weights.ResetAfter)
        {
            var fromState = MatMul(context, body, h, weights.Recurrent, units, 3 * units);
            if (weights.RecurrentBias is { } second)
                fromState = body.Add("Add", [fromState, context.Graph.Weights("bias", second, 3 * units)]);
            var had = Thirds(body, fromState);
            update = Gate(given[0], had[0]);
            candidate = body.Add("Add", [given[2], body.Add("Mul", [Gate(given[1], had[1]), had[2]])]);
        }
        else
        {
            var columns = weights.RecurrentColumns();
            update = Gate(given[0], MatMul(context, body, h, columns[0], units, units));
            var reset = Gate(given[1], MatMul(context, body, h, columns[1], units, units));
            candidate = body.Add("Add", [given[2], MatMul(context, body, body.Add("Mul", [reset, h]), columns[2], units, units)]);
        }

        var fresh = Activate(context, body, "activation", "tanh", candidate);
        var hidden = body.Add("Add", [fresh, body.Add("Mul", [update, body.Add("Sub", [h, fresh])])]);
        return (hidden, [hidden]);
    }

    private static IReadOnlyList<string> Thirds(OnnxGraph body, string x) =>
        body.Add("Split", [x], 3, OnnxAttribute.Of("axis", -1L), OnnxAttribute.Of("num_outputs", 3L));
}

internal sealed class SimpleCell : Cell
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => Usual(config);

    public override IReadOnlyList<int> StateSizes(LayerConfig config) => [config.Size("units")];

    public override (string Output, IReadOnlyList<string> States) Step(
        LayerContext context, OnnxGraph body, string x, int features, IReadOnlyList<string> states)
    {
        var units = context.Config.Size("units");
        var z = body.Add("Add", [
            MatMul(context, body, x, context.Weight(0, features, units).Values, features, units),
            MatMul(context, body, states[0], context.Weight(1, units, units).Values, units, units),
        ]);
        if (context.Config.Flag("use_bias", true))
            z = body.Add("Add", [z, context.Graph.Weights("bias", context.Weight(2, units).Values, units)]);
        var hidden = Activate(context, body, "activation", "tanh", z);
        return (hidden, [hidden]);
    }
}

/// <summary>Stacked cells, each with its own states.</summary>
internal sealed class StackedCells : Cell
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => [];

    public override IEnumerable<WeightPart> Parts(LayerConfig config)
    {
        var cells = CellsOf(config);
        return cells.Zip(
            ArchivedWeights.Folders(cells.Select(c => c.ClassName)), (c, folder) => new WeightPart(folder, c, $"cells/{folder}"));
    }

    public override IReadOnlyList<int> StateSizes(LayerConfig config) => [.. CellsOf(config).SelectMany(c => Of(c).StateSizes(c))];

    public override int OutputSize(LayerConfig config) => Of(CellsOf(config)[^1]).OutputSize(CellsOf(config)[^1]);

    public override (string Output, IReadOnlyList<string> States) Step(
        LayerContext context, OnnxGraph body, string x, int features, IReadOnlyList<string> states)
    {
        var (next, all) = (0, new List<string>());
        foreach (var part in Parts(context.Config))
        {
            var cell = Of(part.Config);
            var count = cell.StateSizes(part.Config).Count;
            var (output, after) = cell.Step(context.Part(part.Key, part.Config), body, x, features, [.. states.Skip(next).Take(count)]);
            (x, features, next) = (output, cell.OutputSize(part.Config), next + count);
            all.AddRange(after);
        }

        return (x, all);
    }

    private static IReadOnlyList<LayerConfig> CellsOf(LayerConfig config)
    {
        IReadOnlyList<LayerConfig> cells = [.. config["cells"].EnumerateArray().Select(LayerConfig.Of)];
        return cells.Count > 0
            ? cells
            : throw new KerasException("layer_settings", $"The layer '{config.Name}' has no cells.", config.Name);
    }
}

/// <summary>The cells of an RNN layer as parts with weights.</summary>
[KerasNames("LSTMCell", "GRUCell", "SimpleRNNCell", "StackedRNNCells")]
internal sealed class CellLayer : Layer
{
    public override IEnumerable<Variable> Variables(LayerConfig config) => Cell.Of(config).Variables(config);

    public override IEnumerable<WeightPart> Parts(LayerConfig config) => Cell.Of(config).Parts(config);

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call) =>
        throw context.Unsupported("a cell is called by an RNN layer, not by itself");
}
