using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>How a recurrent layer runs.</summary>
/// <param name="Input">(batch, time, …).</param>
/// <param name="Initial">The initial states; empty for zeros.</param>
/// <param name="Mask">Booleans of (batch, time); null when no step is masked.</param>
/// <param name="Backwards">Runs from the last step to the first.</param>
/// <param name="TimeOrder">Returns outputs in time order even when running backwards; otherwise in the order of processing.</param>
/// <param name="ZeroMasked">The output of a masked step is zero; otherwise the previous output is repeated.</param>
internal sealed record RecurrentRun(
    Value Input, IReadOnlyList<Value> Initial, string? Mask, bool Backwards, bool TimeOrder, bool ZeroMasked);

/// <summary>The output of the last step, that of every step if requested, and the final states.</summary>
internal sealed record RecurrentResult(Value Last, Value? Sequence, IReadOnlyList<Value> States);

/// <summary>A layer with a state that changes with each step.</summary>
internal abstract class RecurrentLayer : Layer
{
    public override IReadOnlyList<string> Folders => ["cell/vars", "vars"];

    /// <param name="sequences">Whether to return the output of every step.</param>
    public abstract RecurrentResult Run(LayerContext context, RecurrentRun run, bool sequences);

    protected sealed override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var config = context.Config;
        if (config.Flag("time_major"))
            throw context.Unsupported("time before the batch (time_major) is not supported");
        var sequences = config.Flag("return_sequences");
        var run = new RecurrentRun(
            call.Input, InitialOf(call), Masks.Of(context, call.Mask, call.Input), config.Flag("go_backwards"), TimeOrder: false,
            config.Flag("zero_output_for_mask"));
        var result = Run(context, run, sequences);
        var output = sequences ? result.Sequence! with { Mask = call.Mask } : result.Last;
        return config.Flag("return_state") ? [output, .. result.States] : [output];
    }

    /// <summary>Initial states passed by the call: after the input in Keras 2, as a keyword argument in Keras 3.</summary>
    public static IReadOnlyList<Value> InitialOf(LayerCall call)
    {
        if (call.Inputs.Count > 1)
            return [.. call.Inputs.Skip(1)];
        return call.Argument(1, "initial_state")?.Tensors.ToList() ?? [];
    }

    /// <summary>Zeros of (batch, …), with the batch size of a value that has time before the batch.</summary>
    protected static string Zeros(OnnxGraph graph, string timeMajor, params string[] sizes) =>
        graph.Add("ConstantOfShape", [graph.Add("Concat", [graph.SizesOf(timeMajor, 1, 2), .. sizes], OnnxAttribute.Of("axis", 0L))]);
}
