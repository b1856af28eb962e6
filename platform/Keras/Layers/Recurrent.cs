using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>
/// LSTM, GRU and simple recurrent layers. Uses ONNX's own operators where possible, and a loop over
/// the cell for masks and unusual settings.
/// </summary>
[KerasNames("LSTM", "GRU", "SimpleRNN", "CuDNNLSTM", "CuDNNGRU", "RNN")]
internal sealed class RecurrentCellLayer : RecurrentLayer
{
    private const string CellPart = "cell";

    // Activations that ONNX's recurrent operators support.
    private static readonly Dictionary<string, string> s_functions = new(StringComparer.Ordinal)
    {
        ["sigmoid"] = "Sigmoid", ["tanh"] = "Tanh", ["relu"] = "Relu", ["softsign"] = "Softsign", ["softplus"] = "Softplus",
        ["hard_sigmoid"] = "HardSigmoid", ["linear"] = "Affine", ["elu"] = "Elu",
    };

    public override IEnumerable<Variable> Variables(LayerConfig config) =>
        config.ClassName == "RNN" ? [] : Cell.Of(config).Variables(config);

    public override IEnumerable<WeightPart> Parts(LayerConfig config) =>
        config.ClassName == "RNN" ? [new WeightPart(CellPart, CellOf(config), "cell")] : [];

    public override RecurrentResult Run(LayerContext context, RecurrentRun run, bool sequences)
    {
        context.RequireRank(run.Input, 3);
        var cellContext = context.Config.ClassName == "RNN" ? context.Part(CellPart, CellOf(context.Config)) : context;
        var cell = Cell.Of(cellContext.Config);
        var sizes = cell.StateSizes(cellContext.Config);
        if (run.Initial.Count != 0 && run.Initial.Count != sizes.Count)
            throw context.Unsupported($"it has {sizes.Count} states and gets {run.Initial.Count}");
        foreach (var (state, size) in run.Initial.Zip(sizes))
        {
            if (state.Rank != 2 || state.Shape[1] != size)
                throw context.Unsupported($"a state of {size} numbers is given as ({string.Join(", ", state.Shape.Skip(1))})");
        }

        var x = context.Graph.AsTimeMajor(run.Input);
        var initial = run.Initial.Select(i => context.Graph.AsKeras(i).Name).ToList();
        return run.Mask is null && cell is not StackedCells && Functions(cellContext, cell) is { } functions
            ? ByOperator(cellContext, run, x, cell, functions, initial, sequences)
            : ByLoop(context, cellContext, run, x, cell, initial, sequences);
    }

    private static LayerConfig CellOf(LayerConfig config)
    {
        // A list of cells means stacked cells.
        var cell = config["cell"];
        return cell.ValueKind == System.Text.Json.JsonValueKind.Array
            ? throw new KerasException("layer_settings", "A list of cells is not supported.", config.Name)
            : LayerConfig.Of(cell);
    }

    /// <summary>The activations and their parameters for ONNX's operator; null when it does not support one of them.</summary>
    private static (List<string> Names, List<float> Alphas, List<float> Betas)? Functions(LayerContext context, Cell cell)
    {
        var cudnn = context.Config.ClassName.StartsWith("CuDNN", StringComparison.Ordinal);
        var main = cudnn ? "tanh" : Activations.NameOf(context, "activation", "tanh");
        var gate = cudnn ? "sigmoid" : Activations.NameOf(context, "recurrent_activation", "hard_sigmoid");
        string[] wanted = cell switch { LstmCell => [gate, main, main], GruCell => [gate, main], _ => [main] };
        if (!Array.TrueForAll(wanted, s_functions.ContainsKey))
            return null;
        var (alphas, betas) = (new List<float>(), new List<float>());
        foreach (var name in wanted)
        {
            // Only parametrised functions consume entries.
            if (name is "hard_sigmoid" or "linear" or "elu")
                alphas.Add(name == "hard_sigmoid" ? Activations.HardSigmoidSlope(context) : 1);
            if (name is "hard_sigmoid" or "linear")
                betas.Add(name == "hard_sigmoid" ? 0.5f : 0);
        }

        return ([.. wanted.Select(w => s_functions[w])], alphas, betas);
    }

    private static RecurrentResult ByOperator(
        LayerContext context, RecurrentRun run, Value x, Cell cell, (List<string> Names, List<float> Alphas, List<float> Betas) functions,
        List<string> initial, bool sequences)
    {
        var (graph, units, features) = (context.Graph, context.Config.Size("units"), x.Known(-1));
        List<OnnxAttribute> attributes =
        [
            OnnxAttribute.Of("hidden_size", (long)units), OnnxAttribute.Of("direction", run.Backwards ? "reverse" : "forward"),
            OnnxAttribute.Of("activations", [.. functions.Names]),
        ];
        if (functions.Alphas.Count > 0)
            attributes.Add(OnnxAttribute.Of("activation_alpha", [.. functions.Alphas]));
        if (functions.Betas.Count > 0)
            attributes.Add(OnnxAttribute.Of("activation_beta", [.. functions.Betas]));
        var (op, gates, kernel, recurrent, bias) = Weights(context, cell, features, units, attributes);
        List<string> inputs =
        [
            x.Name,
            graph.Weights("kernel", kernel, 1, gates * units, features),
            graph.Weights("recurrent", recurrent, 1, gates * units, units),
            graph.Weights("bias", bias, 1, 2 * gates * units),
            .. initial.Count > 0 ? [""] : Array.Empty<string>(),
            .. initial.Select(i => graph.Unsqueeze(i, 0)),
        ];
        var outputs = graph.Add(op, inputs, cell is LstmCell ? 3 : 2, [.. attributes]);
        IReadOnlyList<Value> states = [.. outputs.Skip(1).Select(s => new Value(graph.Squeeze(s, 0), [x.Shape[0], units]))];
        if (!sequences)
            return new RecurrentResult(states[0], null, states);
        var steps = graph.Squeeze(outputs[0], 1);
        if (run.Backwards && !run.TimeOrder)
            steps = graph.Reverse(steps, 0);
        return new RecurrentResult(states[0], new Value(steps, [x.Shape[0], x.Shape[1], units]) { TimeMajor = true }, states);
    }

    private static (string Op, int Gates, float[] Kernel, float[] Recurrent, float[] Bias) Weights(
        LayerContext context, Cell cell, int features, int units, List<OnnxAttribute> attributes)
    {
        if (cell is LstmCell)
        {
            var lstm = LstmWeights.Of(context, features, units);
            return ("LSTM", 4, LstmWeights.Onnx(lstm.Kernel, features, units), LstmWeights.Onnx(lstm.Recurrent, units, units),
                lstm.OnnxBias(units));
        }

        if (cell is GruCell)
        {
            var gru = GruWeights.Of(context, features, units);
            attributes.Add(OnnxAttribute.Of("linear_before_reset", gru.ResetAfter ? 1L : 0L));
            return ("GRU", 3, GruWeights.Onnx(gru.Kernel, features, units), GruWeights.Onnx(gru.Recurrent, units, units),
                gru.OnnxBias(units));
        }

        var bias = new float[2 * units];
        if (context.Config.Flag("use_bias", true))
            context.Weight(2, units).Values.CopyTo(bias, 0);
        return ("RNN", 1, Gates.Turn(context.Weight(0, features, units).Values, features, units, [0]),
            Gates.Turn(context.Weight(1, units, units).Values, units, units, [0]), bias);
    }

    /// <summary>ONNX's Scan with the cell as its body. A masked step keeps the states and repeats the last output, as in Keras.</summary>
    private static RecurrentResult ByLoop(
        LayerContext context, LayerContext cellContext, RecurrentRun run, Value x, Cell cell, List<string> initial, bool sequences)
    {
        var (graph, sizes, features) = (context.Graph, cell.StateSizes(cellContext.Config), x.Known(-1));
        var size = cell.OutputSize(cellContext.Config);
        if (initial.Count == 0)
            initial = [.. sizes.Select(s => Zeros(graph, x.Name, graph.Integers(s)))];
        var body = graph.Body();
        var states = sizes.Select(_ => body.NewName("state")).ToList();
        var (before, step, kept) = (body.NewName("output"), body.NewName("step"), body.NewName("kept"));
        foreach (var name in (string[])[.. states, before, step])
            body.Input(name, null);
        if (run.Mask is not null)
            body.Input(kept, null);
        var (output, after) = cell.Step(cellContext, body, step, features, states);
        if (run.Mask is not null)
        {
            var masked = run.ZeroMasked ? body.Scalar(0) : before;
            output = body.Add("Where", [kept, output, masked]);
            after = [.. after.Select((s, i) => body.Add("Where", [kept, s, states[i]]))];
        }

        body.Return([.. after, output, .. sequences ? [output] : Array.Empty<string>()]);
        var direction = run.Backwards ? 1L : 0L;
        List<string> scanned =
            [x.Name, .. run.Mask is { } mask ? [graph.Unsqueeze(graph.Transpose(mask, 1, 0), 2)] : Array.Empty<string>()];
        List<OnnxAttribute> attributes =
        [
            OnnxAttribute.Of("body", body), OnnxAttribute.Of("num_scan_inputs", (long)scanned.Count),
            OnnxAttribute.Of("scan_input_directions", [.. scanned.Select(_ => direction)]),
        ];
        if (sequences)
            attributes.Add(OnnxAttribute.Of("scan_output_directions", (long[])[run.Backwards && run.TimeOrder ? 1L : 0L]));
        var results = graph.Add(
            "Scan",
            [.. initial, Zeros(graph, x.Name, graph.Integers(size)), .. scanned],
            sizes.Count + 1 + (sequences ? 1 : 0),
            [.. attributes]);
        return new RecurrentResult(
            new Value(results[sizes.Count], [x.Shape[0], size]),
            sequences ? new Value(results[^1], [x.Shape[0], x.Shape[1], size]) { TimeMajor = true } : null,
            [.. sizes.Select((s, i) => new Value(results[i], [x.Shape[0], s]))]);
    }
}
