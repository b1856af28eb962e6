using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>The loop over time, after backend.rnn of both Keras versions, and the wrappers around it.</summary>
internal static class RefRecurrent
{
    /// <returns>The output, followed by the last states if the layer returns them.</returns>
    public static Nd[] Run(JsonObject layer, RefWeights weights, Nd input, Nd[] initial, Nd? mask, bool keras3, bool? zeroMasked = null)
    {
        var config = layer.ConfigOf();
        var timeMajor = config.Flag("time_major");
        var x = timeMajor ? Turned(input) : input;
        if (config.Flag("go_backwards"))
            (x, mask) = (x.Reverse(1), mask?.Reverse(1));
        var isCell = layer.ClassOf() == "RNN";
        var (step, shapes) = RefCells.Of(
            isCell ? config.Inner("cell") : layer, isCell ? weights.Part("cell") : weights, x.Take(1, 0), keras3);
        Nd[] states = initial.Length > 0 ? initial : [.. shapes.Select(s => Nd.Zeros([x.Shape[0], .. s]))];
        var zero = zeroMasked ?? config.Flag("zero_output_for_mask");
        var outputs = new List<Nd>();
        for (var t = 0; t < x.Shape[1]; t++)
        {
            var (output, next) = step(x.Take(1, t), states);
            if (mask is not null)
            {
                var here = mask.Take(1, t);
                var before = zero || outputs.Count == 0 ? Nd.Zeros(output.Shape) : outputs[^1];
                output = Choose(here, output, before);
                next = [.. next.Zip(states, (n, s) => Choose(here, n, s))];
            }

            outputs.Add(output);
            states = next;
        }

        var sequence = Nd.Stack(1, outputs);
        var result = config.Flag("return_sequences") ? (timeMajor ? Turned(sequence) : sequence) with { Mask = input.Mask } : outputs[^1];
        return config.Flag("return_state") ? [result, .. states] : [result];
    }

    public static Nd[] Bidirectional(JsonObject layer, RefWeights weights, Nd input, Nd[] initial, Nd? mask, bool keras3)
    {
        var config = layer.ConfigOf();
        var ahead = config.Inner("layer");
        var back = config["backward_layer"] as JsonObject;
        if (back is null)
        {
            back = ahead.DeepClone().AsObject();
            back.ConfigOf()["go_backwards"] = !ahead.ConfigOf().Flag("go_backwards");
        }

        var sequences = ahead.ConfigOf().Flag("return_sequences");
        var half = initial.Length / 2;
        var forward = Run(ahead, weights.Part("forward_layer"), input, initial[..half], mask, keras3, sequences);
        var backward = Run(back, weights.Part("backward_layer"), input, initial[half..], mask, keras3, sequences);
        var (y, z) = (forward[0], sequences ? backward[0].Reverse(ahead.ConfigOf().Flag("time_major") ? 0 : 1) : backward[0]);
        Nd[] merged = (config.ContainsKey("merge_mode") ? config["merge_mode"]?.GetValue<string>() : "concat") switch
        {
            "concat" => [Nd.Concat(-1, [y, z])],
            "sum" => [y + z],
            "ave" => [(y + z).Map(v => v / 2)],
            "mul" => [y * z],
            _ => [y, z],
        };
        if (sequences)
            merged = [.. merged.Select(m => m with { Mask = input.Mask })];
        return [.. merged, .. forward[1..], .. backward[1..]];
    }

    private static Nd Turned(Nd x) => x.Transpose([1, 0, .. Enumerable.Range(2, x.Rank - 2)]);

    private static Nd Choose(Nd mask, Nd yes, Nd no)
    {
        var chosen = mask.Reshape([mask.Shape[0], .. Enumerable.Repeat(1, yes.Rank - 1)]);
        return (chosen * yes) + (chosen.Map(v => 1 - v) * no);
    }
}
