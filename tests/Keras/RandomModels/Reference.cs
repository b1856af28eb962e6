using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <param name="Inputs">Positional tensors, with lists flattened.</param>
/// <param name="Keywords">Keyword arguments: tensors, lists of tensors or constants.</param>
internal sealed record RefCall(IReadOnlyList<Nd> Inputs, IReadOnlyDictionary<string, IReadOnlyList<Nd>> Keywords, JsonObject Constants)
{
    public static RefCall Of(params IReadOnlyList<Nd> inputs) => new(inputs, new Dictionary<string, IReadOnlyList<Nd>>(), []);
}

/// <summary>
/// Computes what Keras would, one number after the other. Written from the sources of keras and
/// tf_keras, independently of the reader under test.
/// </summary>
internal sealed class Reference(bool keras3)
{
    // supports_masking in both Keras versions; all other layers drop a mask or compute one.
    private static readonly HashSet<string> s_keepMask =
    [
        "Activation", "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianNoise", "GaussianDropout",
        "AlphaDropout", "ActivityRegularization", "ReLU", "LeakyReLU", "ELU", "PReLU", "ThresholdedReLU", "Softmax", "Dense",
        "BatchNormalization", "LayerNormalization", "UnitNormalization", "GroupNormalization", "TimeDistributed", "Identity",
    ];

    /// <summary>The outputs of each layer's first call; nested layers are named <c>outer/inner</c>.</summary>
    public List<(string Name, IReadOnlyList<Nd> Outputs)> Trace { get; } = [];

    public bool Keras3 => keras3;

    public IReadOnlyList<Nd> Run(JsonObject model, RefWeights weights, IReadOnlyList<Nd> inputs) =>
        RefModels.Run(this, model, weights, inputs, "");

    public IReadOnlyList<Nd> Call(JsonObject layer, RefWeights weights, RefCall call, string path = "")
    {
        IReadOnlyList<Nd> outputs;
        try
        {
            outputs = Apply(layer, weights, call, path);
        }
        catch (Exception e) when (e is not RefException)
        {
            throw new RefException($"{path}{layer.NameOf()} ({layer.ClassOf()}): {e.Message}", e);
        }

        if (s_keepMask.Contains(layer.ClassOf()) && outputs[0].Mask is null)
            outputs = [outputs[0] with { Mask = call.Inputs[0].Mask }];
        Trace.Add((path + layer.NameOf(), outputs));
        return outputs;
    }

    private IReadOnlyList<Nd> Apply(JsonObject layer, RefWeights weights, RefCall call, string path)
    {
        var (name, config, masked) = (layer.ClassOf(), layer.ConfigOf(), call.Inputs[0]);
        var x = masked.Unmasked();
        switch (name)
        {
            case "Sequential" or "Functional" or "Model":
                return RefModels.Run(this, layer, weights, call.Inputs, path + layer.NameOf() + "/");
            case "TimeDistributed":
                return TimeDistributed(config.Inner("layer"), weights.Part("layer"), x, path + layer.NameOf() + "/");
            case "LSTM" or "GRU" or "SimpleRNN" or "RNN" or "CuDNNLSTM" or "CuDNNGRU" or "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D":
                return RefRecurrent.Run(layer, weights, masked, States(call), MaskOf(call), keras3);
            case "Bidirectional":
                return RefRecurrent.Bidirectional(layer, weights, masked, States(call), MaskOf(call), keras3);
            case "Add" or "Subtract" or "Multiply" or "Average" or "Maximum" or "Minimum" or "Concatenate":
                return [RefMerges.Merge(name, config, call.Inputs) with { Mask = MergedMask(name, config, call.Inputs) }];
            case "Divide":
                return [call.Inputs[0] / call.Inputs[1]];
            case "NotEqual":
                return [Nd.Broadcast(x, call.Inputs[1], (a, b) => (float)a != (float)b ? 1 : 0)];
            case "Any":
                return [x.Reduce([config.Int("axis", -1)], config.Flag("keepdims"), v => v.Any(n => n != 0) ? 1 : 0)];
            case "TFOpLambda":
                return [Operation(config.Text("function"), x, call.Keywords["y"][0])];
            case "Dot":
                return [RefMerges.Dot(config, call.Inputs[0], call.Inputs[1])];
            case "Attention" or "AdditiveAttention":
                return [RefAttention.Single(config, weights, call.Inputs, name != "Attention")];
            case "MultiHeadAttention":
                var value = call.Inputs.Count > 1 ? call.Inputs[1] : call.Keywords["value"][0];
                var key = call.Keywords.TryGetValue("key", out var given) ? given[0] : call.Inputs.Count > 2 ? call.Inputs[2] : value;
                return [RefAttention.Many(
                    config, weights, masked, value, key, call.Constants.Flag("use_causal_mask")) with { Mask = masked.Mask }];
            case "Masking":
                return [Masking(config, x)];
            case "Embedding":
                return [Embedding(config, weights, x)];
            case "GlobalAveragePooling1D":
                return [RefPooling.Whole(config, masked, average: true)];
            default:
                return [One(name, config, weights, x)];
        }
    }

    private Nd One(string name, JsonObject config, RefWeights weights, Nd x) => name switch
    {
        "Dense" => Dense(config, weights, x),
        "EinsumDense" => RefEinsum.Dense(config, weights, x, keras3),
        "Conv1D" or "Conv2D" or "Conv3D" => RefConvolutions.Convolution(config, weights, x, keras3, Dimensions(name)),
        "Conv1DTranspose" or "Conv2DTranspose"
            or "Conv3DTranspose" => RefConvolutions.Transposed(config, weights, x, keras3, Dimensions(name)),
        "DepthwiseConv1D" or "DepthwiseConv2D" => RefConvolutions.Depthwise(config, weights, x, keras3, Dimensions(name)),
        "SeparableConv1D" or "SeparableConv2D" => RefConvolutions.Separable(config, weights, x, keras3, Dimensions(name)),
        "MaxPooling1D" or "MaxPooling2D" or "MaxPooling3D" => RefPooling.Window(config, x, false, Dimensions(name)),
        "AveragePooling1D" or "AveragePooling2D" or "AveragePooling3D" => RefPooling.Window(config, x, true, Dimensions(name)),
        "GlobalMaxPooling1D" or "GlobalMaxPooling2D" or "GlobalMaxPooling3D" => RefPooling.Whole(config, x, false),
        "GlobalAveragePooling2D" or "GlobalAveragePooling3D" => RefPooling.Whole(config, x, true),
        "BatchNormalization" => RefNormalisations.Batch(config, weights, x),
        "LayerNormalization" => RefNormalisations.Layer(config, weights, x),
        "GroupNormalization" => RefNormalisations.Group(config, weights, x),
        "UnitNormalization" => RefNormalisations.Unit(config.Ints("axis", 1, -1), x),
        "RMSNormalization" => RefNormalisations.RootMeanSquare(config, weights, x),
        "Normalization" => RefNormalisations.Known(config, x),
        "Rescaling" => x.Map(v => (v * config.Real("scale")) + config.Real("offset")),
        "Flatten" => RefShapes.Flatten(config, x),
        "Reshape" => RefShapes.Reshape(config, x),
        "Permute" => x.Transpose([0, .. config.Ints("dims")]),
        "RepeatVector" => RefShapes.Repeat(config.Int("n"), x),
        "Cropping1D" or "Cropping2D" or "Cropping3D" => RefShapes.Crop(config, x, Dimensions(name)),
        "ZeroPadding1D" or "ZeroPadding2D" or "ZeroPadding3D" => RefShapes.Pad(config, x, Dimensions(name)),
        "UpSampling1D" or "UpSampling2D" or "UpSampling3D" => RefShapes.UpSample(config, x, Dimensions(name)),
        "Resizing" => RefShapes.Resizing(config, x),
        "CenterCrop" => RefShapes.CentreCrop(config, x),
        "Activation" => RefActivations.Apply(config["activation"], x, keras3),
        "Softmax" => RefActivations.Softmax(x, config.Ints("axis", 1, -1)),
        "ReLU" => x.Map(v => Relu(config, v)),
        "LeakyReLU" => x.Map(v => v >= 0 ? v : v * config.Real("negative_slope", config.Real("alpha", 0.3))),
        "ELU" => x.Map(v => v > 0 ? v : config.Real("alpha", 1) * (Math.Exp(v) - 1)),
        "ThresholdedReLU" => x.Map(v => v > config.Real("theta", 1) ? v : 0),
        "PReLU" => PRelu(config, weights, x),
        "InputLayer" or "Dropout" or "SpatialDropout1D" or "SpatialDropout2D" or "SpatialDropout3D" or "GaussianNoise"
            or "GaussianDropout" or "AlphaDropout"
            or "ActivityRegularization" or "Identity" or "RandomFlip" or "RandomRotation" => x,
        _ => throw new NotSupportedException("no reference"),
    };

    private static Nd Operation(string function, Nd x, Nd y) => function switch
    {
        "math.multiply" => x * y,
        "__operators__.add" => x + y,
        "math.subtract" => x - y,
        "math.truediv" => x / y,
        _ => throw new NotSupportedException(function),
    };

    private static int Dimensions(string name) => name.First(char.IsAsciiDigit) - '0';

    private IReadOnlyList<Nd> TimeDistributed(JsonObject inner, RefWeights weights, Nd x, string path)
    {
        var folded = x.Reshape([x.Shape[0] * x.Shape[1], .. x.Shape[2..]]);
        return [
            .. Call(inner, weights, RefCall.Of(folded), path).Select(o => o.Unmasked().Reshape([x.Shape[0], x.Shape[1], .. o.Shape[1..]]))];
    }

    private static Nd[] States(RefCall call) =>
        call.Keywords.TryGetValue("initial_state", out var states) ? [.. states] : [.. call.Inputs.Skip(1).Select(s => s.Unmasked())];

    private static Nd? MaskOf(RefCall call) => call.Keywords.TryGetValue("mask", out var mask) ? mask[0] : call.Inputs[0].Mask;

    private Nd Dense(JsonObject config, RefWeights weights, Nd x)
    {
        var units = config.Int("units");
        var product = Nd.MatMul(x, weights.Get("kernel", x.Shape[^1], units));
        return RefActivations.Apply(
            config["activation"], config.Flag("use_bias", true) ? product + weights.Get("bias", units) : product, keras3);
    }

    private static double Relu(JsonObject config, double x)
    {
        var threshold = config.Real("threshold");
        var y = x >= threshold ? x : config.Real("negative_slope") * (x - threshold);
        return config["max_value"] is null ? y : Math.Min(y, config.Real("max_value"));
    }

    private static Nd PRelu(JsonObject config, RefWeights weights, Nd x)
    {
        int[] shared = config["shared_axes"] is null ? [] : config.Ints("shared_axes");
        var alpha = weights.Get("alpha", [.. x.Shape.Skip(1).Select((s, d) => shared.Contains(d + 1) ? 1 : s)]);
        return Nd.Broadcast(x, alpha, (v, a) => v >= 0 ? v : a * v);
    }

    private static Nd Masking(JsonObject config, Nd x)
    {
        // A step is valid if any of its numbers differs from the mask value; other steps become zero.
        var value = (float)config.Real("mask_value");
        var mask = x.Reduce([-1], false, v => v.Any(n => (float)n != value) ? 1 : 0);
        return (x * mask.Reshape([.. mask.Shape, 1])) with { Mask = mask };
    }

    private static Nd Embedding(JsonObject config, RefWeights weights, Nd x)
    {
        var table = weights.Get("embeddings", config.Int("input_dim"), config.Int("output_dim"));
        var rows = Nd.Of([.. x.Shape, table.Shape[1]], i => table.At((int)x.At(i.AsSpan()[..^1]), i[^1]));
        return config.Flag("mask_zero") ? rows with { Mask = x.Map(v => v == 0 ? 0 : 1) } : rows;
    }

    /// <summary>compute_mask of the merging layers. Keras 2: all masks; Keras 3: any mask, but no mask if one input has none.</summary>
    private Nd? MergedMask(string name, JsonObject config, IReadOnlyList<Nd> inputs)
    {
        if (inputs.All(i => i.Mask is null))
            return null;
        if (name != "Concatenate")
        {
            if (keras3 && inputs.Any(i => i.Mask is null))
                return null;
            return inputs.Where(i => i.Mask is not null).Select(i => i.Mask!)
                .Aggregate((a, b) => Nd.Broadcast(a, b, keras3 ? Math.Max : Math.Min));
        }

        var wide = inputs.Select(
            i => i.Mask is { } m ? Nd.Broadcast(m.Reshape([.. m.Shape, 1]), i, (p, _) => p) : i.Map(_ => 1).Unmasked());
        return Nd.Concat(config.Int("axis", -1), [.. wide]).Reduce([-1], false, v => keras3 ? v.Max() : v.Min());
    }
}

/// <summary>The reference failed; the message names the layer.</summary>
internal sealed class RefException(string message, Exception inner) : Exception(message, inner);
