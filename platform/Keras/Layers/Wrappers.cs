using Siaga.Keras.Graph;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>Applies the inner layer or model to each step, with time folded into the batch instead of a loop.</summary>
[KerasNames("TimeDistributed")]
internal sealed class TimeDistributedLayer : Layer
{
    private const string Inner = "layer";

    protected override bool KeepsMask => true;

    public override IEnumerable<WeightPart> Parts(LayerConfig config) => [new WeightPart(Inner, config.Inner(Inner), Inner)];

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var inner = context.Config.Inner(Inner);
        var input = call.Input;
        var outputs = Of(inner).Call(context.Part(Inner, inner), LayerCall.Of(context.Graph.FoldTime(input)));
        return [.. outputs.Select(o => context.Graph.UnfoldTime(o with { Mask = null }, input))];
    }
}

/// <summary>One recurrent layer forwards and one backwards.</summary>
[KerasNames("Bidirectional")]
internal sealed class BidirectionalLayer : Layer
{
    private const string Forward = "forward_layer";
    private const string Backward = "backward_layer";

    public override IEnumerable<WeightPart> Parts(LayerConfig config) =>
        [new WeightPart(Forward, config.Inner("layer"), Forward), new WeightPart(Backward, BackwardOf(config), Backward)];

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var (ahead, back) = (context.Config.Inner("layer"), BackwardOf(context.Config));
        if (Of(ahead) is not RecurrentLayer first || Of(back) is not RecurrentLayer second)
            throw context.Unsupported("it needs recurrent layers");
        if (ahead.Flag("time_major"))
            throw context.Unsupported("time before the batch (time_major) is not supported");
        var (sequences, backwards) = (ahead.Flag("return_sequences"), ahead.Flag("go_backwards"));
        var initial = RecurrentLayer.InitialOf(call);
        var mask = Masks.Of(context, call.Mask, call.Input);
        var half = initial.Count / 2;

        // Whatever the layers' own settings, masked steps of a sequence are zero in both directions.
        var forward = first.Run(
            context.Part(Forward, ahead),
            new RecurrentRun(call.Input, [.. initial.Take(half)], mask, backwards, TimeOrder: false, ZeroMasked: sequences), sequences);

        // Reverse the output of the direction that ran the other way, so that both have the same order.
        var other = context.Config.Has(Backward) ? back.Flag("go_backwards") : !backwards;
        var reverse = second.Run(
            context.Part(Backward, back),
            new RecurrentRun(call.Input, [.. initial.Skip(half)], mask, other, TimeOrder: !backwards && other, ZeroMasked: sequences),
            sequences);
        if (sequences && (backwards || !other))
            reverse = reverse with { Sequence = Turned(context, reverse.Sequence!) };
        var outputs = Merge(context, sequences ? forward.Sequence! : forward.Last, sequences ? reverse.Sequence! : reverse.Last);
        if (sequences)
            outputs = [.. outputs.Select(o => o with { Mask = call.Mask })];
        return ahead.Flag("return_state") ? [.. outputs, .. forward.States, .. reverse.States] : outputs;
    }

    private static LayerConfig BackwardOf(LayerConfig config) => config.Inner(config.Has(Backward) ? Backward : "layer");

    private static Value Turned(LayerContext context, Value sequence)
    {
        var plain = context.Graph.AsKeras(sequence);
        return plain with { Name = context.Graph.Reverse(plain.Name, 1) };
    }

    private static IReadOnlyList<Value> Merge(LayerContext context, Value forward, Value backward)
    {
        if (!context.Config.Has("merge_mode"))
            return context.Config.Json.TryGetProperty("merge_mode", out _)
                ? [forward, backward]
                : [ConcatenateLayer.Join(context, [forward, backward], -1)];
        var mode = context.Config.Text("merge_mode", "concat");
        if (mode == "concat")
            return [ConcatenateLayer.Join(context, [forward, backward], -1)];
        var both = Alike.Of(context.Graph, [forward, backward], fillAfterBatch: false);
        if (!both[0].Shape.SequenceEqual(both[1].Shape))
            throw context.Unsupported("its two directions have different shapes");
        var op = mode switch
        {
            "sum" or "ave" => "Add",
            "mul" => "Mul",
            _ => throw context.Unsupported($"the merge mode '{mode}' is not known"),
        };
        var name = context.Graph.Add(op, [both[0].Name, both[1].Name]);
        return [both[0] with { Name = mode == "ave" ? context.Graph.Add("Mul", [name, context.Graph.Scalar(0.5f)]) : name }];
    }
}
