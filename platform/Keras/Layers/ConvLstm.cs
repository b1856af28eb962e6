using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>
/// A convolutional LSTM (Shi et al. 2015). The input's convolution runs for all steps at once; the
/// loop contains only the recurrent convolution.
/// </summary>
[KerasNames("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")]
internal sealed class ConvLstmLayer : RecurrentLayer
{
    // Input, forget, output, cell: with the three gates adjacent, one activation covers them all.
    private static readonly int[] s_order = [0, 1, 3, 2];

    public override IEnumerable<Variable> Variables(LayerConfig config) =>
        [new("kernel"), new("recurrent_kernel"), .. config.Flag("use_bias", true) ? [new Variable("bias")] : Array.Empty<Variable>()];

    public override RecurrentResult Run(LayerContext context, RecurrentRun run, bool sequences)
    {
        var (graph, config) = (context.Graph, context.Config);
        var dimensions = config.ClassName[^2] - '0';
        context.RequireRank(run.Input, dimensions + 3);
        if (run.Mask is not null)
            throw context.Unsupported("it does not take a mask here");
        var filters = config.Size("filters");
        var input = graph.FoldTimeMajor(run.Input, config.Text("data_format", "channels_last") == "channels_first");
        var folded = Spatial.Of(context, graph.FoldTime(input), dimensions);
        var gates = InputGates(context, folded, filters, dimensions, out var sizes);
        var time = input.Shape[1] is { } known ? graph.Integers(known) : input.Steps!;
        var byTime = sizes.All(s => s is not null) && input.Shape[1] is { } steps
            ? graph.Reshape(gates, [steps, -1, 4 * filters, .. sizes.Select(s => (long)s!)])
            : graph.ReshapeTo(gates, time, graph.Integers(-1), graph.SizesOf(gates, 1));
        var initial = run.Initial.Count switch
        {
            0 => [.. Enumerable.Repeat(Zeros(graph, byTime, graph.Integers(filters), graph.SizesOf(byTime, 3)), 2)],
            2 => run.Initial.Select(i => folded.KerasChannelsFirst ? graph.AsKeras(i).Name : graph.AsChannelsFirst(i).Name).ToList(),
            _ => throw context.Unsupported($"it has 2 states and gets {run.Initial.Count}"),
        };
        foreach (var state in run.Initial)
        {
            if (!state.Shape.Skip(1).SequenceEqual(folded.With("", sizes, filters).Shape.Skip(1)))
                throw context.Unsupported($"it gets a state of shape ({string.Join(", ", state.Shape.Skip(1))})");
        }

        var results = Loop(context, run, byTime, initial, filters, dimensions, sequences);
        List<Value> states = [.. results.Take(2).Select(s => folded.With(s, sizes, filters))];
        states = [.. states.Select(s => s with { Shape = [run.Input.Shape[0], .. s.Shape.Skip(1)] })];
        if (!sequences)
            return new RecurrentResult(states[0], null, states);
        var flat = sizes.All(s => s is not null)
            ? graph.Reshape(results[2], [-1, filters, .. sizes.Select(s => (long)s!)])
            : graph.ReshapeTo(results[2], graph.Integers(-1), graph.SizesOf(results[2], 2));
        return new RecurrentResult(states[0], graph.UnfoldTime(folded.With(flat, sizes, filters), input), states);
    }

    /// <summary>The input's contribution to all gates: (time × batch, 4 filters, …).</summary>
    private static string InputGates(LayerContext context, Spatial x, int filters, int dimensions, out IReadOnlyList<int?> sizes)
    {
        var (graph, config) = (context.Graph, context.Config);
        var size = config.Sizes("kernel_size", dimensions, 1);
        var (strides, dilations) = (config.Sizes("strides", dimensions, 1), config.Sizes("dilation_rate", dimensions, 1));
        (sizes, var pads) = Windows.SlideAll(context, x, size, strides, dilations);
        List<string> inputs = [x.Name, Kernel(context, 0, size, x.Channels, filters)];
        if (config.Flag("use_bias", true))
        {
            var bias = context.Weight(2, 4 * filters).Values;
            inputs.Add(graph.Weights("bias", [.. s_order.SelectMany(g => bias.Skip(g * filters).Take(filters))], 4 * filters));
        }

        return graph.Add(
            "Conv", inputs, Windows.Longs("kernel_shape", size), Windows.Longs("strides", strides), Windows.Longs("dilations", dilations),
            pads);
    }

    private static IReadOnlyList<string> Loop(
        LayerContext context, RecurrentRun run, string gates, List<string> initial, int filters, int dimensions, bool sequences)
    {
        var (graph, body) = (context.Graph, context.Graph.Body());
        var (h, c, step) = (body.NewName("hidden"), body.NewName("cell"), body.NewName("step"));
        foreach (var name in (string[])[h, c, step])
            body.Input(name, null);
        var size = context.Config.Sizes("kernel_size", dimensions, 1);
        long[] before = [.. size.Select(s => (long)((s - 1) / 2))], after = [.. size.Select(s => (long)(s / 2))];
        var recurrent = body.Add(
            "Conv", [h, Kernel(context with { Graph = body }, 1, size, filters, filters)], Windows.Longs("kernel_shape", size),
            OnnxAttribute.Of("pads", [.. before, .. after]));
        var z = body.Add(
            "Split", [body.Add("Add", [step, recurrent]), body.Integers(3 * filters, filters)], 2, OnnxAttribute.Of("axis", 1L));
        var inner = context with { Graph = body };
        var open = Activations.Elementwise(inner, Activations.NameOf(context, "recurrent_activation", "hard_sigmoid"), z[0]);
        var g = body.Add("Split", [open], 3, OnnxAttribute.Of("axis", 1L), OnnxAttribute.Of("num_outputs", 3L));
        var main = Activations.NameOf(context, "activation", "tanh");
        var cell = body.Add("Add", [body.Add("Mul", [g[1], c]), body.Add("Mul", [g[0], Activations.Elementwise(inner, main, z[1])])]);
        var hidden = body.Add("Mul", [g[2], Activations.Elementwise(inner, main, cell)]);
        body.Return([hidden, cell, .. sequences ? [hidden] : Array.Empty<string>()]);
        List<OnnxAttribute> attributes =
        [
            OnnxAttribute.Of("body", body), OnnxAttribute.Of("num_scan_inputs", 1L),
            OnnxAttribute.Of("scan_input_directions", [run.Backwards ? 1L : 0L]),
        ];
        if (sequences)
            attributes.Add(OnnxAttribute.Of("scan_output_directions", (long[])[run.Backwards && run.TimeOrder ? 1L : 0L]));
        return graph.Add("Scan", [.. initial, gates], sequences ? 3 : 2, [.. attributes]);
    }

    /// <summary>Keras (spatial …, channels, 4 filters) to ONNX (4 filters, channels, spatial …), with the gates in our order.</summary>
    private static string Kernel(LayerContext context, int index, int[] size, int channels, int filters)
    {
        var kernel = context.Weight(index, [.. size, channels, 4 * filters]).Values;
        var area = size.Aggregate(1, (a, b) => checked(a * b));
        var turned = new float[kernel.Length];
        for (var at = 0; at < area; at++)
        {
            for (var i = 0; i < channels; i++)
            {
                for (var o = 0; o < 4 * filters; o++)
                    turned[(((o * channels) + i) * area) + at] =
                        kernel[(((at * channels) + i) * 4 * filters) + (s_order[o / filters] * filters) + (o % filters)];
            }
        }

        return context.Graph.Weights("kernel", turned, [4 * filters, channels, .. size]);
    }
}
