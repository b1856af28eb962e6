using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>One step of a recurrent layer. States and inputs: batch first.</summary>
internal delegate (Nd Output, Nd[] States) RefStep(Nd x, Nd[] states);

/// <summary>The cells, after keras/src/layers/rnn/{simple_rnn,gru,lstm,conv_lstm}.py.</summary>
internal static class RefCells
{
    /// <summary>A cell's step function, and the shapes of its states without the batch.</summary>
    /// <param name="x">The input of one step; only its shape matters.</param>
    public static (RefStep Step, int[][] States) Of(JsonObject cell, RefWeights weights, Nd x, bool keras3)
    {
        var config = cell.ConfigOf();
        switch (cell.ClassOf())
        {
            case "SimpleRNN" or "SimpleRNNCell":
                return (Simple(config, weights, x, keras3), [[config.Int("units")]]);
            case "GRU" or "GRUCell" or "CuDNNGRU":
                return (Gru(config, weights, x, keras3), [[config.Int("units")]]);
            case "LSTM" or "LSTMCell" or "CuDNNLSTM":
                return (Lstm(config, weights, x, keras3), [[config.Int("units")], [config.Int("units")]]);
            case "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D":
                return Convolutional(config, weights, x, keras3);
            case "StackedRNNCells":
                return Stacked(config, weights, x, keras3);
            default:
                throw new NotSupportedException(cell.ClassOf());
        }
    }

    private static RefStep Simple(JsonObject config, RefWeights weights, Nd x, bool keras3)
    {
        var units = config.Int("units");
        var (kernel, recurrent) = (weights.Get("kernel", x.Shape[^1], units), weights.Get("recurrent_kernel", units, units));
        var bias = Bias(config, weights, units);
        return (input, states) =>
        {
            var h = RefActivations.Apply(config["activation"], Nd.MatMul(input, kernel) + bias + Nd.MatMul(states[0], recurrent), keras3);
            return (h, [h]);
        };
    }

    private static RefStep Gru(JsonObject config, RefWeights weights, Nd x, bool keras3)
    {
        var (units, after) = (config.Int("units"), config.Flag("reset_after"));
        var (kernel, recurrent) = (weights.Get("kernel", x.Shape[^1], 3 * units), weights.Get("recurrent_kernel", units, 3 * units));
        var useBias = config.Flag("use_bias", true);
        var bias = !useBias ? Nd.Zeros(2, 3 * units) : after ? weights.Get("bias", 2, 3 * units) : Nd.Stack(
            0, [weights.Get("bias", 3 * units), Nd.Zeros(3 * units)]);
        return (input, states) =>
        {
            var h = states[0];
            var fromX = Nd.MatMul(input, kernel) + bias.Take(0, 0);
            var fromH = Nd.MatMul(h, recurrent) + bias.Take(0, 1);
            var z = RefActivations.Apply(config["recurrent_activation"], Gate(fromX, 0, units) + Gate(fromH, 0, units), keras3);
            var r = RefActivations.Apply(config["recurrent_activation"], Gate(fromX, 1, units) + Gate(fromH, 1, units), keras3);
            var reset = after ? r * Gate(fromH, 2, units) : Nd.MatMul(r * h, Gate(recurrent, 2, units));
            var candidate = RefActivations.Apply(config["activation"], Gate(fromX, 2, units) + reset, keras3);
            var next = (z * h) + (z.Map(v => 1 - v) * candidate);
            return (next, [next]);
        };
    }

    private static RefStep Lstm(JsonObject config, RefWeights weights, Nd x, bool keras3)
    {
        var units = config.Int("units");
        var (kernel, recurrent) = (weights.Get("kernel", x.Shape[^1], 4 * units), weights.Get("recurrent_kernel", units, 4 * units));
        var bias = Bias(config, weights, 4 * units);
        return (input, states) => Gates(
            config, Nd.MatMul(input, kernel) + bias + Nd.MatMul(states[0], recurrent), states[1], units, keras3);
    }

    private static (RefStep Step, int[][] States) Convolutional(JsonObject config, RefWeights weights, Nd x, bool keras3)
    {
        var (first, n, filters) = (RefConvolutions.First(config), x.Rank - 2, config.Int("filters"));
        var size = config.Ints("kernel_size", n);
        var plain = RefConvolutions.ChannelsLast(x, first);
        var kernel = weights.Get("kernel", [.. size, plain.Shape[^1], 4 * filters]);
        var recurrent = weights.Get("recurrent_kernel", [.. size, filters, 4 * filters]);
        var bias = Bias(config, weights, 4 * filters);
        int[] ones = [.. Enumerable.Repeat(1, n)];
        var shape = Input(plain).Shape;
        return (Step, [State(shape), State(shape)]);

        Nd Input(Nd input) => RefConvolutions.Convolve(
            input, kernel, config.Ints("strides", n), config.Ints("dilation_rate", n), config.Text("padding", "valid"));

        int[] State(int[] made) => first ? [filters, .. made[1..^1]] : [.. made[1..^1], filters];

        (Nd, Nd[]) Step(Nd input, Nd[] states)
        {
            var (h, c) = (RefConvolutions.ChannelsLast(states[0], first), RefConvolutions.ChannelsLast(states[1], first));
            var raw = Input(RefConvolutions.ChannelsLast(input, first)) + bias + RefConvolutions.Convolve(h, recurrent, ones, ones, "same");
            var (output, next) = Gates(config, raw, c, filters, keras3);
            var turned = RefConvolutions.Back(output, first);
            return (turned, [turned, RefConvolutions.Back(next[1], first)]);
        }
    }

    private static (RefStep Step, int[][] States) Stacked(JsonObject config, RefWeights weights, Nd x, bool keras3)
    {
        var cells = new List<(RefStep Step, int Count)>();
        var states = new List<int[]>();
        var list = config["cells"]!.AsArray().Select(c => c!.AsObject()).ToList();
        foreach (var (cell, folder) in list.Zip(Folders.Of(list.Select(c => c.ClassOf()))))
        {
            var (step, shapes) = Of(cell, weights.Part(folder), x, keras3);
            cells.Add((step, shapes.Length));
            states.AddRange(shapes);
            x = step(x, [.. shapes.Select(s => Nd.Zeros([x.Shape[0], .. s]))]).Output;
        }

        return (Step, [.. states]);

        (Nd, Nd[]) Step(Nd input, Nd[] before)
        {
            var (at, after) = (0, new List<Nd>());
            foreach (var (step, count) in cells)
            {
                (input, var next) = step(input, before[at..(at + count)]);
                after.AddRange(next);
                at += count;
            }

            return (input, [.. after]);
        }
    }

    private static (Nd Output, Nd[] States) Gates(JsonObject config, Nd raw, Nd c, int units, bool keras3)
    {
        Nd Recurrent(int gate) => RefActivations.Apply(config["recurrent_activation"], Gate(raw, gate, units), keras3);
        Nd Own(Nd x) => RefActivations.Apply(config["activation"], x, keras3);
        var next = (Recurrent(1) * c) + (Recurrent(0) * Own(Gate(raw, 2, units)));
        var h = Recurrent(3) * Own(next);
        return (h, [h, next]);
    }

    private static Nd Gate(Nd x, int gate, int units) => x.Slice(-1, gate * units, units);

    private static Nd Bias(JsonObject config, RefWeights weights, int count) =>
        config.Flag("use_bias", true) ? weights.Get("bias", count) : Nd.Zeros(count);
}
