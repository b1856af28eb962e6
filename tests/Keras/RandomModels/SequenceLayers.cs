using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Random layers for sequences.</summary>
internal static class SequenceLayers
{
    public static JsonObject Recurrent(Workshop w, bool? sequences = null, bool states = false)
    {
        var (dice, units) = (w.Dice, w.Dice.Of(1, 4));
        var kind = dice.Pick("LSTM", "LSTM", "GRU", "GRU", "SimpleRNN", "RNN");
        var layer = kind == "RNN" ? w.Layer("RNN", ("cell", Cell(w))) : Gated(w, w.Layer(kind, ("units", units)));
        Common(w, layer.ConfigOf(), sequences ?? dice.Chance(0.5), states);
        return layer;
    }

    /// <summary>ConvLSTM over (batch, time, positions, channels).</summary>
    public static JsonObject Convolutional(Workshop w, int[] shape, bool? sequences = null, bool? firstOnly = null)
    {
        var (n, dice) = (shape.Length - 3, w.Dice);
        var first = firstOnly ?? dice.Chance(0.1);
        var sizes = first ? shape[3..] : shape[2..^1];
        int[] kernel = [.. sizes.Select(s => dice.Of(1, Math.Min(3, s)))];
        int[] strides = [.. sizes.Select(_ => dice.Chance(0.15) ? 2 : 1)];
        int[] dilations = [.. sizes.Select((s, d) => strides.All(t => t == 1) && dice.Chance(0.1) && ((kernel[d] - 1) * 2) < s ? 2 : 1)];
        var layer = w.Layer(
            $"ConvLSTM{n}D", "ConvLSTM2D", ("filters", dice.Of(1, 3)), ("kernel_size", Json.Array(kernel)),
            ("strides", Json.Array(strides)),
            ("dilation_rate", Json.Array(dilations)), ("padding", dice.Pick("same", "valid")),
            ("data_format", first ? "channels_first" : "channels_last"));
        Gated(w, layer);
        Common(w, layer.ConfigOf(), sequences ?? dice.Chance(0.6), false);
        layer.ConfigOf()["unroll"] = false;
        return layer;
    }

    public static JsonObject Bidirectional(Workshop w, int[] shape, bool states = false)
    {
        var dice = w.Dice;
        var sequences = dice.Chance(0.5);
        var spatial = shape.Length > 3;
        var forward = spatial ? Convolutional(w, shape, sequences) : Recurrent(w, sequences, states);
        var own = dice.Chance(0.25) && !spatial;
        var backward = own ? Recurrent(w, sequences, states) : forward.DeepClone().AsObject();
        if (own && (Units(forward) is null || backward.ClassOf() != forward.ClassOf()))
            backward = forward.DeepClone().AsObject();
        else if (own)
            backward.ConfigOf()["units"] = Units(forward);
        var (a, b) = (forward.ConfigOf(), backward.ConfigOf());
        a["name"] = "forward_" + a["name"]!.GetValue<string>();
        b["name"] = "backward_" + b["name"]!.GetValue<string>();
        a["go_backwards"] = dice.Chance(0.1);
        b["go_backwards"] = !a["go_backwards"]!.GetValue<bool>();
        var layer = w.Layer(
            "Bidirectional",
            ("layer", forward),
            ("merge_mode", dice.Pick<string?>("concat", "concat", "concat", "sum", "mul", "ave", null)));
        if (w.Keras3 || own || dice.Chance(0.5))
            layer.ConfigOf()["backward_layer"] = backward;
        else
            layer.ConfigOf().Remove("backward_layer");
        if (!w.Keras3 && !layer.ConfigOf().ContainsKey("backward_layer"))
            a["name"] = a["name"]!.GetValue<string>()["forward_".Length..];
        return layer;
    }

    private static int? Units(JsonObject layer) => layer.ConfigOf()["units"]?.GetValue<int>();

    private static JsonObject Cell(Workshop w)
    {
        if (w.Dice.Chance(0.4))
            return w.Layer(
                "StackedRNNCells", ("cells", new JsonArray([.. Enumerable.Range(0, w.Dice.Of(1, 3)).Select(_ => (JsonNode?)Plain())])));
        return Plain();

        JsonObject Plain() => Gated(w, w.Layer(w.Dice.Pick("LSTMCell", "GRUCell", "SimpleRNNCell"), ("units", w.Dice.Of(1, 4))));
    }

    private static JsonObject Gated(Workshop w, JsonObject layer)
    {
        var (config, dice) = (layer.ConfigOf(), w.Dice);
        config["use_bias"] = dice.Chance(0.8);
        config["activation"] = dice.Chance(0.75)
            ? "tanh"
            : dice.Pick("relu", "sigmoid", "linear", "softsign", "elu", "hard_sigmoid", "softplus");
        if (config.ContainsKey("recurrent_activation"))
            config["recurrent_activation"] = dice.Chance(0.6) ? "sigmoid" : dice.Pick("hard_sigmoid", "hard_sigmoid", "tanh", "relu");
        if (config.ContainsKey("reset_after"))
            config["reset_after"] = dice.Chance(0.6);
        return layer;
    }

    private static void Common(Workshop w, JsonObject config, bool sequences, bool states)
    {
        var dice = w.Dice;
        config["return_sequences"] = sequences;
        config["return_state"] = states;
        config["go_backwards"] = dice.Chance(0.15);
        config["unroll"] = dice.Chance(0.1);
        config["stateful"] = false;
        if (w.Keras3)
            config["zero_output_for_mask"] = dice.Chance(0.1);
    }
}
