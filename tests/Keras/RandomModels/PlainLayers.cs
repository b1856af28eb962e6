using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Random layers for tensors of any shape.</summary>
internal static class PlainLayers
{
    private static readonly string[] s_training =
        ["Dropout", "SpatialDropout2D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization"];

    private static readonly string[] s_activations2 =
    [
        "relu", "sigmoid", "tanh", "linear", "softmax", "softplus", "softsign", "elu", "selu", "hard_sigmoid", "swish", "gelu", "relu6",
        "mish", "leaky_relu", "log_softmax", "exponential",
    ];

    private static readonly string[] s_activations3 =
    [
        "relu", "sigmoid", "tanh", "linear", "softmax", "softplus", "softsign", "elu", "selu", "hard_sigmoid", "silu", "gelu", "relu6",
        "mish", "leaky_relu", "log_softmax", "exponential", "hard_silu", "celu", "hard_tanh", "soft_shrink", "squareplus", "tanh_shrink",
        "log_sigmoid", "sparse_plus", "sparse_sigmoid",
    ];

    public static JsonObject Dense(Workshop w, int[] shape) =>
        w.Layer("Dense", ("units", w.Dice.Of(1, 6)), ("activation", SpatialLayers.Activation(w)), ("use_bias", w.Dice.Chance(0.8)));

    public static JsonObject Training(Workshop w, int[] shape) =>
        w.Dice.Pick(s_training) is var name && name == "SpatialDropout2D" && shape.Length != 4 ? w.Layer("Dropout") : w.Layer(name);

    public static JsonObject Activation(Workshop w, int[] shape)
    {
        var dice = w.Dice;
        switch (dice.Of(0, 8))
        {
            case 0:
                return w.Layer(
                    "ReLU",
                    ("max_value", dice.Pick<double?>(null, 6, 0.5)),
                    ("negative_slope", dice.Pick(0, 0.1)),
                    ("threshold", dice.Pick(0, 0, 0.25)));
            case 1:
                return w.Layer("LeakyReLU", (w.Keras3 ? "negative_slope" : "alpha", 0.15));
            case 2:
                return w.Layer("ELU", ("alpha", 0.7));
            case 3:
                int[] shared = [.. Enumerable.Range(1, shape.Length - 1).Where(_ => dice.Chance(0.4))];
                return w.Layer("PReLU", ("shared_axes", shared.Length == 0 ? null : Json.Array(shared)));
            case 4:
                return w.Layer("Softmax", ("axis", dice.Pick(-1, -1, dice.Of(1, shape.Length - 1))));
            case 5 when !w.Keras3:
                return w.Layer("ThresholdedReLU", ("theta", 0.2));
            default:
                return w.Layer("Activation", ("activation", dice.Pick(w.Keras3 ? s_activations3 : s_activations2)));
        }
    }

    public static JsonObject Normalisation(Workshop w, int[] shape)
    {
        var (dice, last) = (w.Dice, shape.Length - 1);
        switch (dice.Of(0, 7))
        {
            case 0 or 1:
                var axes = dice.Chance(0.6)
                    ? [last]
                    : Enumerable.Range(1, last).Where(_ => dice.Chance(0.5)).DefaultIfEmpty(last).ToArray();
                return w.Layer(
                    "LayerNormalization", ("axis", Json.Array(w.Keras3 && axes is [var only] && only == last ? [-1] : axes)),
                    ("epsilon", dice.Pick(1e-3, 1e-2)),
                    ("center", dice.Chance(0.8)), ("scale", dice.Chance(0.8)));
            case 2:
                var axis = dice.Pick(last, dice.Of(1, last));
                var groups = Enumerable.Range(1, shape[axis]).Where(g => shape[axis] % g == 0).ToList();
                return w.Layer(
                    "GroupNormalization", ("groups", dice.Pick([-1, .. groups])), ("axis", axis == last ? -1 : axis), ("epsilon", 1e-2),
                    ("center", dice.Chance(0.8)), ("scale", dice.Chance(0.8)));
            case 3:
                return w.Layer("UnitNormalization", ("axis", dice.Pick(-1, -1, dice.Of(1, last))));
            case 4 when w.Keras3:
                return w.Layer("RMSNormalization", ("epsilon", 1e-2));
            default:
                var by = dice.Chance(0.8) ? last : dice.Of(1, last);
                return w.Layer(
                    "BatchNormalization",
                    ("axis", w.Keras3 ? by == last ? -1 : by : Json.Array(by)),
                    ("epsilon", dice.Pick(1e-3, 1e-2)),
                    ("center", dice.Chance(0.8)),
                    ("scale", dice.Chance(0.8)));
        }
    }

    public static JsonObject? Shape(Workshop w, int[] shape)
    {
        var dice = w.Dice;
        var count = Nd.Count(shape[1..]);
        switch (dice.Of(0, 3))
        {
            case 0:
                return w.Layer("Flatten", ("data_format", dice.Chance(0.15) ? "channels_first" : "channels_last"));
            case 1 when shape.Length == 2:
                return w.Layer("RepeatVector", ("n", dice.Of(1, 4)));
            case 1:
                return w.Layer("Permute", ("dims", Json.Array(Shuffled(dice, shape.Length - 1))));
            case 2:
                return w.Layer("Rescaling", ("scale", 0.5), ("offset", -0.1));
            default:
                return w.Layer("Reshape", ("target_shape", Json.Array(Split(dice, count))));
        }
    }

    private static int[] Shuffled(Dice dice, int count)
    {
        List<int> left = [.. Enumerable.Range(1, count)];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var one = dice.Pick(left);
            left.Remove(one);
            return one;
        })];
    }

    private static int[] Split(Dice dice, int count)
    {
        var sizes = new List<int>();
        for (var parts = dice.Of(1, 4); parts > 1; parts--)
        {
            var size = dice.Pick(Enumerable.Range(1, count).Where(d => count % d == 0 && d < 10).ToList());
            sizes.Add(size);
            count /= size;
        }

        sizes.Insert(dice.Of(0, sizes.Count), count);
        if (dice.Chance(0.3))
            sizes[dice.Of(0, sizes.Count - 1)] = -1;
        return [.. sizes];
    }
}
