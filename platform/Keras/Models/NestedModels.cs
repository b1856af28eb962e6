using Siaga.Keras.Graph;
using Siaga.Keras.Layers;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Models;

/// <summary>A sequential model, outermost or nested.</summary>
[KerasNames("Sequential")]
internal sealed class SequentialModel : Layer
{
    protected override bool TakesTruths => true;

    public override IEnumerable<WeightPart> Parts(LayerConfig config) => ModelLayout.Parts(config);

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var values = call.Inputs;
        foreach (var layer in ModelLayout.LayersOf(context.Config).Where(l => l.ClassName != "InputLayer"))
            values = Of(layer).Call(context.Part(layer.Name, layer), LayerCall.Of(values));
        return values;
    }
}

/// <summary>A functional model, outermost or nested.</summary>
[KerasNames("Functional", "Model")]
internal sealed class FunctionalModel : Layer
{
    protected override bool TakesTruths => true;

    public override IEnumerable<WeightPart> Parts(LayerConfig config) => ModelLayout.Parts(config);

    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call) =>
        new FunctionalGraph(context.Config).Run(call.Inputs, (layer, inner) => Of(layer).Call(context.Part(layer.Name, layer), inner));
}

[KerasNames("InputLayer")]
internal sealed class InputLayer : UnaryLayer
{
    protected override Value Apply(LayerContext context, Value input) => input;
}
