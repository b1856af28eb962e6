using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

[KerasNames("Dense")]
internal sealed class DenseLayer : Layer
{
    public override Value Apply(LayerContext context, Value input)
    {
        var x = context.Graph.AsKeras(input);
        var units = context.Config.Integer("units", 0);
        var name = context.Graph.Add("MatMul", [x.Name, context.Graph.Weights("kernel", context.Weight(0, x.Known(-1), units).Values, x.Known(-1), units)]);
        if (context.Config.Flag("use_bias", true))
            name = context.Graph.Add("Add", [name, context.Graph.Weights("bias", context.Weight(1, units).Values, units)]);
        return Activations.Apply(context, context.Config.Activation("activation"), new Value(name, [.. x.Shape.SkipLast(1), units]));
    }
}

[KerasNames("Flatten")]
internal sealed class FlattenLayer : Layer
{
    public override Value Apply(LayerContext context, Value input)
    {
        var x = context.Graph.AsKeras(input);
        var size = Enumerable.Range(1, x.Rank - 1).Aggregate(1, (product, axis) => checked(product * x.Known(axis)));
        return new Value(context.Graph.Add("Reshape", [x.Name, context.Graph.Integers(-1, size)]), [x.Shape[0], size]);
    }
}
