using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Random layers that work on spatial dimensions or change their size. Shapes have the batch first.</summary>
internal static class SpatialLayers
{
    private static readonly string[] s_activations = ["linear", "relu", "tanh", "sigmoid", "elu", "relu", "linear"];

    public static JsonObject? Convolution(Workshop w, int[] shape)
    {
        var (n, dice, frame) = (shape.Length - 2, w.Dice, Frame.Of(w, shape));
        var kind = dice.Of(0, 9);
        if (kind == 0 && n <= 2)
            return Depthwise(w, shape, frame, "DepthwiseConv");
        if (kind == 1 && n <= 2)
            return Depthwise(w, shape, frame, "SeparableConv");
        if (kind is 2 or 3)
            return Transposed(w, frame);
        var padding = n == 1 && dice.Chance(0.3) && !frame.First ? "causal" : dice.Pick("same", "valid");
        var kernel = frame.Sizes.Select(s => dice.Of(1, Math.Min(3, s))).ToArray();
        int[] strides = [.. frame.Sizes.Select(_ => dice.Chance(0.3) ? 2 : 1)];
        int[] dilations = [.. frame.Sizes.Select(
            (s, d) => strides.All(t => t == 1) && dice.Chance(0.3) && ((kernel[d] - 1) * 2) < s ? 2 : 1)];
        var filters = dice.Of(1, 4);
        var groups = frame.Channels % 2 == 0 && filters % 2 == 0 && dice.Chance(0.3) ? 2 : 1;
        return w.Layer(
            $"Conv{n}D", ("filters", filters), ("kernel_size", Json.Array(kernel)), ("strides", Json.Array(strides)),
            ("dilation_rate", Json.Array(dilations)),
            ("padding", padding), ("groups", groups), ("data_format", frame.Format), ("activation", Activation(w)),
            ("use_bias", dice.Chance(0.75)));
    }

    public static JsonObject? Pooling(Workshop w, int[] shape)
    {
        var (n, dice, frame) = (shape.Length - 2, w.Dice, Frame.Of(w, shape));
        if (dice.Chance(0.2))
            return w.Layer(
                $"Global{dice.Pick("Max", "Average")}Pooling{n}D", ("data_format", frame.Format), ("keepdims", dice.Chance(0.3)));
        int[] window = [.. frame.Sizes.Select(s => dice.Of(1, Math.Min(3, s)))];
        int[] strides = dice.Chance(0.5) ? window : [.. frame.Sizes.Select(_ => dice.Of(1, 3))];
        return w.Layer(
            $"{dice.Pick("Max", "Max", "Average")}Pooling{n}D", ("pool_size", Json.Array(window)), ("strides", Json.Array(strides)),
            ("padding", dice.Pick("same", "valid")), ("data_format", frame.Format));
    }

    public static JsonObject? Resizing(Workshop w, int[] shape)
    {
        var (n, dice, frame) = (shape.Length - 2, w.Dice, Frame.Of(w, shape));
        switch (dice.Of(0, n == 2 ? 4 : 2))
        {
            case 0:
                var pairs = frame.Sizes.Select(s => (dice.Of(0, (s - 1) / 2), dice.Of(0, s / 2 > 0 ? (s - 1) / 2 : 0))).ToArray();
                return Sided(w, $"Cropping{n}D", "cropping", pairs, frame, n);
            case 1:
                return Sided(w, $"ZeroPadding{n}D", "padding", [.. frame.Sizes.Select(_ => (dice.Of(0, 2), dice.Of(0, 2)))], frame, n);
            case 2 when n == 1:
                return w.Layer("UpSampling1D", ("size", dice.Of(1, 3)));
            case 2 when n == 2:
                return w.Layer(
                    "UpSampling2D",
                    ("size", Json.Array(dice.Of(1, 3), dice.Of(1, 2))),
                    ("data_format", frame.Format),
                    ("interpolation", dice.Pick("nearest", "bilinear", "bilinear", "bicubic")));
            case 2:
                return w.Layer(
                    "UpSampling3D", ("size", Json.Array(dice.Of(1, 2), dice.Of(1, 2), dice.Of(1, 2))), ("data_format", frame.Format));
            case 3:
                return w.Layer(
                    "Resizing",
                    [("height", dice.Of(1, 7)), ("width", dice.Of(1, 7)), ("interpolation", dice.Pick("nearest", "bilinear")), .. Format3(
                        w, frame)]);
            default:
                return w.Layer(
                    "CenterCrop",
                    [("height", dice.Of(1, frame.Size(w, 0))), ("width", dice.Of(1, frame.Size(w, 1))), .. Format3(w, frame)]);
        }
    }

    public static JsonNode? Activation(Workshop w) => w.Dice.Chance(0.08)
        ? w.Dice.Pick(
            w.Keras3
                ? ["softmax", "silu", "gelu", "selu", "hard_sigmoid", "mish", "leaky_relu"]
                : (string[])["softmax", "swish", "gelu", "selu", "hard_sigmoid", "softplus"])
        : w.Dice.Pick(s_activations);

    // Before Keras 3 these two layers have no such setting and use channels last.
    private static (string, JsonNode?)[] Format3(Workshop w, Frame frame) => w.Keras3 ? [("data_format", frame.Format)] : [];

    private static JsonObject? Depthwise(Workshop w, int[] shape, Frame frame, string name)
    {
        var (n, dice) = (shape.Length - 2, w.Dice);
        var stride = dice.Chance(0.3) ? 2 : 1;
        int[] kernel = [.. frame.Sizes.Select(s => dice.Of(1, Math.Min(3, s)))];
        var layer = w.Layer(
            $"{name}{n}D", ("kernel_size", Json.Array(kernel)), ("strides", Json.Array(Enumerable.Repeat(stride, n))),
            ("dilation_rate", Json.Array(Enumerable.Repeat(1, n))),
            ("padding", dice.Pick("same", "valid")), ("depth_multiplier", dice.Of(1, 2)), ("data_format", frame.Format),
            ("activation", Activation(w)), ("use_bias", dice.Chance(0.7)));
        if (name == "SeparableConv")
            layer.ConfigOf()["filters"] = dice.Of(1, 4);
        return layer;
    }

    private static JsonObject? Transposed(Workshop w, Frame frame)
    {
        var (n, dice) = (frame.Sizes.Length, w.Dice);
        int[] strides = [.. frame.Sizes.Select(_ => dice.Of(1, 2))];
        int[] kernel = [.. frame.Sizes.Select(_ => dice.Of(1, 3))];
        var extra = dice.Chance(0.2) && strides.All(s => s == 2) ? Json.Array(strides.Select(_ => dice.Of(0, 1))) : null;
        var padding = dice.Pick("same", "valid");
        if (extra is not null && padding == "same" && kernel.Any(k => k % 2 == 0))
            extra = null;
        return w.Layer(
            $"Conv{n}DTranspose", ("filters", dice.Of(1, 3)), ("kernel_size", Json.Array(kernel)), ("strides", Json.Array(strides)),
            ("dilation_rate", Json.Array(Enumerable.Repeat(1, n))),
            ("padding", padding), ("output_padding", extra), ("data_format", frame.Format), ("activation", Activation(w)),
            ("use_bias", dice.Chance(0.7)));
    }

    private static JsonObject Sided(Workshop w, string name, string key, (int, int)[] pairs, Frame frame, int n)
    {
        var value = n == 1
            ? Json.Array(pairs[0].Item1, pairs[0].Item2)
            : new JsonArray([.. pairs.Select(p => Json.Array(p.Item1, p.Item2))]);
        return n == 1 ? w.Layer(name, (key, value)) : w.Layer(name, (key, value), ("data_format", frame.Format));
    }

    /// <summary>A shape split into channels and spatial sizes.</summary>
    private sealed record Frame(bool First, int[] Sizes, int Channels)
    {
        public string Format => First ? "channels_first" : "channels_last";

        public static Frame Of(Workshop w, int[] shape)
        {
            var first = w.Dice.Chance(0.12) && shape.Length > 3;
            return first ? new Frame(true, shape[2..], shape[1]) : new Frame(false, shape[1..^1], shape[^1]);
        }

        public int Size(Workshop w, int place) => w.Keras3 || !First ? Sizes[place] : 1;
    }
}
