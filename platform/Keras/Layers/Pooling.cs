using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

[KerasNames(
    "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D", "AveragePooling3D",
    "MaxPool1D", "MaxPool2D", "MaxPool3D", "AvgPool1D", "AvgPool2D", "AvgPool3D")]
internal sealed class PoolingLayer : UnaryLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var dimensions = context.Config.ClassName[^2] - '0';
        var window = context.Config.Sizes("pool_size", dimensions, 2);
        var strides = context.Config.Has("strides") ? context.Config.Sizes("strides", dimensions, 1) : window;
        context.RequireRank(input, dimensions + 2);

        // A pool that does not span steps works on them while they are folded into the batch.
        if (dimensions == 3
            && window[0] == 1
            && strides[0] == 1
            && input.TimeFolded
            && context.Config.Text("data_format", "channels_last") == "channels_last")
            return context.Graph.UnfoldTime(Pool(context, context.Graph.FoldTime(input), window[1..], strides[1..]), input);
        return Pool(context, input, window, strides);
    }

    private static Value Pool(LayerContext context, Value input, int[] window, int[] strides)
    {
        var x = Spatial.Of(context, input, window.Length);
        var (sizes, pads) = Windows.SlideAll(context, x, window, strides, [.. Enumerable.Repeat(1, window.Length)]);
        List<OnnxAttribute> attributes = [Windows.Longs("kernel_shape", window), Windows.Longs("strides", strides), pads];
        var average = context.Config.ClassName.StartsWith('A');
        if (average)
            attributes.Add(OnnxAttribute.Of("count_include_pad", 0L));
        return x.With(context.Graph.Add(average ? "AveragePool" : "MaxPool", [x.Name], [.. attributes]), sizes, x.Channels);
    }
}

[KerasNames(
    "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D",
    "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D",
    "GlobalMaxPool1D", "GlobalMaxPool2D", "GlobalMaxPool3D", "GlobalAvgPool1D", "GlobalAvgPool2D", "GlobalAvgPool3D")]
internal sealed class GlobalPoolingLayer : Layer
{
    protected override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call)
    {
        var (graph, config, input) = (context.Graph, context.Config, call.Input);
        var dimensions = config.ClassName[^2] - '0';
        context.RequireRank(input, dimensions + 2);
        var (keep, first) = (config.Flag("keepdims"), config.Text("data_format", "channels_last") == "channels_first");
        var average = config.ClassName.StartsWith("GlobalA", StringComparison.Ordinal);
        if (call.Mask is { } mask && average && dimensions == 1)
        {
            var timeFirst = first ? input with { Shape = [input.Shape[0], input.Shape[2], input.Shape[1]] } : input;
            return [Masked(graph, graph.AsKeras(input), Masks.Of(context, mask, timeFirst)!, first, keep)];
        }

        // Reduces the spatial dimensions, wherever they are stored.
        var x = first || input.TimeFolded || input.TimeMajor ? graph.AsKeras(input) : input;
        int[] over = [.. Enumerable.Range(first ? 2 : 1, dimensions)];
        var name = graph.Reduce(average ? "ReduceMean" : "ReduceMax", x.Name, keep, [.. over.Select(a => (long)x.LyingAxis(a)!)]);
        return [keep
            ? new Value(name, [.. x.Shape.Select((d, i) => over.Contains(i) ? 1 : d)], x.ChannelsFirst)
            : new Value(name, [x.Shape[0], x.Shape[first ? 1 : ^1]])];
    }

    /// <summary>The mean of the unmasked steps.</summary>
    private static Value Masked(OnnxGraph graph, Value x, string mask, bool channelsFirst, bool keep)
    {
        var weights = graph.Unsqueeze(graph.AsFloat(mask), channelsFirst ? 1 : 2);
        long steps = channelsFirst ? 2 : 1;
        var sum = graph.Reduce("ReduceSum", graph.Add("Mul", [x.Name, weights]), keep, steps);
        var name = graph.Add("Div", [sum, graph.Reduce("ReduceSum", weights, keep, steps)]);
        var channels = x.Shape[channelsFirst ? 1 : 2];
        return new Value(name, keep ? (channelsFirst ? [x.Shape[0], channels, 1] : [x.Shape[0], 1, channels]) : [x.Shape[0], channels]);
    }
}
