using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <param name="Config">The configuration in the file.</param>
/// <param name="Outputs">The outputs of the reference.</param>
internal sealed record RandomModel(
    bool Keras3, bool Archive, JsonObject Config, RefWeights Weights, IReadOnlyList<Nd> Inputs, IReadOnlyList<Nd> Outputs);

/// <summary>Generates random models of the kinds that are common in practice.</summary>
internal static class RandomModels
{
    public static RandomModel Make(int seed)
    {
        var dice = new Dice(seed);
        var (keras3, archive) = (dice.Chance(0.5), dice.Chance(0.5));
        var workshop = new Workshop(dice, keras3, archive);
        while (true)
        {
            var open = new Draft(workshop);
            if (dice.Chance(0.08) && Open(open))
                return Finish(open, chain: true);
            var draft = new Draft(workshop);
            var chain = dice.Chance(0.5);
            var count = chain || dice.Chance(0.6) ? 1 : 2;
            var batch = dice.Of(1, 2);
            var shape = Shape(dice, batch);
            for (var i = 0; i < count; i++)
            {
                if (dice.Chance(0.15))
                    Masked(draft, batch);
                else
                    draft.Input(dice.Numbers(dice.Chance(0.5) ? shape : Shape(dice, batch), -1, 1));
            }

            if (chain)
                Chain(draft, draft.All[^1], dice.Of(2, 9), 2);
            else
                Grow(draft, dice.Of(3, 10), 2);
            var outputs = draft.Leaves;
            if (outputs.Any(o => draft.Inputs.Contains(o)))
                continue;
            return Finish(draft, chain);
        }
    }

    private static RandomModel Finish(Draft draft, bool chain)
    {
        var (workshop, outputs) = (draft.Workshop, draft.Leaves);
        var sequential = chain && outputs.Count == 1 && workshop.Dice.Chance(0.7);
        var config = sequential ? draft.ToSequential() : draft.ToFunctional(outputs);
        if (sequential && !workshop.Keras3 && !workshop.Archive && workshop.Dice.Chance(0.3))
            WithoutInputLayer(config);
        return new RandomModel(
            workshop.Keras3, workshop.Archive, config, draft.Weights, [.. draft.Inputs.Select(i => i.Value)],
            [.. outputs.Select(o => o.Value)]);
    }

    /// <summary>As written by Keras before 2.3: the first layer has the input shape.</summary>
    private static void WithoutInputLayer(JsonObject model)
    {
        var layers = model.ConfigOf()["layers"]!.AsArray();
        if (layers.Count < 2 || layers[1]!.AsObject().ClassOf() is "Sequential" or "Functional")
            return;
        layers[1]!["config"]!["batch_input_shape"] = layers[0]!["config"]!["batch_input_shape"]!.DeepClone();
        layers.RemoveAt(0);
    }

    /// <summary>A Masking layer with all-zero steps, or an Embedding that masks word 0.</summary>
    private static void Masked(Draft draft, int batch)
    {
        var (w, dice) = (draft.Workshop, draft.Workshop.Dice);
        var steps = dice.Of(2, 6);
        if (dice.Chance(0.4))
        {
            var words = draft.Input(dice.Numbers([batch, steps], 0, 5).Map(Math.Floor), whole: true);
            draft.Add(
                w.Layer(
                    "Embedding", ("input_dim", 6), ("output_dim", dice.Of(1, 4)), ("mask_zero", dice.Chance(0.8)), ("input_length", null)),
                [words]);
            return;
        }

        var shown = dice.Numbers([batch, steps, 1], 0, 1).Map(v => v < 0.6 ? 1 : 0);
        var input = draft.Input(dice.Numbers([batch, steps, dice.Of(1, 4)], -1, 1) * shown);
        draft.Add(w.Layer("Masking", ("mask_value", 0.0)), [input]);
    }

    /// <summary>A chain over a number of steps that is known only at run time.</summary>
    private static bool Open(Draft draft)
    {
        var (w, dice) = (draft.Workshop, draft.Workshop.Dice);
        int[] step = dice.Pick<int[]>([dice.Of(1, 4)], [dice.Of(4, 6), dice.Of(4, 6), dice.Of(1, 3)]);
        var at = draft.Input(dice.Numbers([dice.Of(1, 2), dice.Of(2, 6), .. step], -1, 1), open: true);
        for (var i = dice.Of(2, 6); i > 0; i--)
        {
            var rank = at.Shape.Length;
            JsonObject? layer = rank switch
            {
                5 => dice.Of(0, 5) switch
                {
                    0 => SequenceLayers.Convolutional(w, at.Shape, firstOnly: false),
                    1 => w.Layer("BatchNormalization"),
                    2 => w.Layer("TimeDistributed", ("layer", w.Layer(dice.Pick("Flatten", "GlobalAveragePooling2D")))),
                    3 when at.Shape[2] > 2 && at.Shape[3] > 2 => w.Layer(
                        "MaxPooling3D", ("pool_size", Json.Array(1, 2, 2)), ("strides", Json.Array(1, 2, 2)),
                        ("padding", dice.Pick("same", "valid"))),
                    _ => w.Layer("TimeDistributed", ("layer", SpatialLayers.Convolution(w, [1, .. at.Shape[2..]]))),
                },
                3 => dice.Of(0, 8) switch
                {
                    < 3 => SequenceLayers.Recurrent(w, sequences: dice.Chance(0.7)),
                    3 => SequenceLayers.Bidirectional(w, at.Shape),
                    4 => w.Layer(
                        "Conv1D", ("filters", 2), ("kernel_size", Json.Array(dice.Of(1, 2))),
                        ("padding", dice.Pick("same", "causal", "valid")), ("strides", Json.Array(1)), ("dilation_rate", Json.Array(1)),
                        ("groups", 1)),
                    5 => w.Layer(dice.Pick("GlobalMaxPooling1D", "GlobalAveragePooling1D")),
                    6 => w.Layer("LayerNormalization", ("axis", Json.Array(w.Keras3 ? -1 : 2)), ("epsilon", 1e-2)),
                    7 => w.Layer("TimeDistributed", ("layer", PlainLayers.Dense(w, at.Shape))),
                    _ => PlainLayers.Dense(w, at.Shape),
                },
                2 => PlainLayers.Dense(w, at.Shape),
                _ => null,
            };
            if (layer is not null && layer.ConfigOf()["unroll"] is not null)
                layer.ConfigOf()["unroll"] = false;
            if (layer is not null && draft.Add(layer, [at]) is { Count: 1 } made)
                at = made[0];
        }

        return at.Layer != draft.Inputs[0].Layer && draft.Leaves.Count == 1;
    }

    /// <summary>Adds a chain of layers; returns its output.</summary>
    public static Place Chain(Draft draft, Place at, int length, int depth)
    {
        for (var i = 0; i < length; i++)
        {
            if (RandomLayers.Of(draft.Workshop, at.Shape, depth) is { } made && Add(draft, made, at) is { Count: 1 } outputs)
                at = outputs[0];
        }

        return at;
    }

    /// <summary>Adds layers to any existing tensor, sometimes joins several, and sometimes calls a layer again.</summary>
    public static void Grow(Draft draft, int steps, int depth)
    {
        var dice = draft.Workshop.Dice;
        var callable = new List<(Made Made, int[] Shape)>();
        for (var i = 0; i < steps; i++)
        {
            if (dice.Chance(0.3) && OddLayers.Join(draft) is not null)
                continue;
            var leaves = draft.Leaves;
            var at = dice.Chance(0.6) && leaves.Count > 0 ? dice.Pick(leaves) : dice.Pick(draft.All);
            var again = callable.Find(c => c.Shape.SequenceEqual(at.Shape));
            if (again.Made is not null && dice.Chance(0.3))
                Add(draft, again.Made, at);
            else if (RandomLayers.Of(draft.Workshop, at.Shape, depth) is { } made && Add(draft, made, at) is not null)
                callable.Add((made, at.Shape));
        }

        // Limit the number of outputs.
        while (draft.Leaves is { Count: > 4 } many)
        {
            var flat = many.Take(3).Select(p => p.Shape.Length == 2 ? p : draft.Add(draft.Workshop.Layer("Flatten"), [p])![0]).ToList();
            if (draft.Add(draft.Workshop.Layer("Concatenate", ("axis", -1)), flat) is null)
                return;
        }
    }

    private static IReadOnlyList<Place>? Add(Draft draft, Made made, Place at) => draft.Add(made.Layer, [at], weights: made.Weights);

    private static int[] Shape(Dice dice, int batch) => dice.Of(0, 9) switch
    {
        0 => [batch, dice.Of(1, 8)],
        < 4 => [batch, dice.Of(1, 7), dice.Of(1, 6)],
        < 6 => [batch, dice.Of(2, 7), dice.Of(2, 7), dice.Of(1, 4)],
        < 9 => [batch, dice.Of(1, 4), dice.Of(3, 6), dice.Of(3, 6), dice.Of(1, 3)],
        _ => [batch, dice.Of(1, 3), dice.Of(1, 3), dice.Of(3, 4), dice.Of(3, 4), dice.Of(1, 2)],
    };
}
