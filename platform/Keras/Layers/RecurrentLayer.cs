using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>How a recurrent layer is run.</summary>
/// <param name="Input">(batch, time, …).</param>
/// <param name="Initial">Its states before the first step; none: zeros.</param>
/// <param name="Mask">Truth values of (batch, time); null: every step counts.</param>
/// <param name="Backwards">From the last step to the first.</param>
/// <param name="TimeOrder">Outputs in the order of time, also when the steps were taken backwards; otherwise as they were taken.</param>
/// <param name="ZeroMasked">The output of a masked step is zero; otherwise the last one again.</param>
internal sealed record RecurrentRun(Value Input, IReadOnlyList<Value> Initial, string? Mask, bool Backwards, bool TimeOrder, bool ZeroMasked);

/// <summary>What came of it: the output after the last step, that of every step where it was asked for, and the last states.</summary>
internal sealed record RecurrentResult(Value Last, Value? Sequence, IReadOnlyList<Value> States);

/// <summary>A layer with a state that steps change.</summary>
internal abstract class RecurrentLayer : Layer
{
    public override IReadOnlyList<string> Folders => ["cell/vars", "vars"];

    /// <param name="sequences">Whether the outputs of every step are wanted.</param>
    public abstract RecurrentResult Run(LayerContext context, RecurrentRun run, bool sequences);

    protected sealed override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var config = context.Config;
        if (config.Flag("time_major"))
            throw context.Unsupported("time before the batch (time_major) is not supported");
        var sequences = config.Flag("return_sequences");
        var run = new RecurrentRun(call.Input, InitialOf(call), Masks.Of(context, call.Mask, call.Input), config.Flag("go_backwards"), TimeOrder: false, config.Flag("zero_output_for_mask"));
        var result = Run(context, run, sequences);
        var output = sequences ? result.Sequence! with { Mask = call.Mask } : result.Last;
        return config.Flag("return_state") ? [output, .. result.States] : [output];
    }

    /// <summary>States that are handed over: after the input in Keras 2, by name in Keras 3.</summary>
    public static IReadOnlyList<Value> InitialOf(LayerCall call)
    {
        if (call.Inputs.Count > 1)
            return [.. call.Inputs.Skip(1)];
        return call.Argument(1, "initial_state")?.Tensors.ToList() ?? [];
    }

    /// <summary>Zeros of (batch, …) for a value with time before the batch.</summary>
    protected static string Zeros(OnnxGraph graph, string timeMajor, params string[] sizes) =>
        graph.Add("ConstantOfShape", [graph.Add("Concat", [graph.SizesOf(timeMajor, 1, 2), .. sizes], OnnxAttribute.Of("axis", 0L))]);
}
