using Siaga.Keras.Graph;
using Siaga.Keras.Models;

namespace Siaga.Tests.Unit.Keras;

/// <summary>When a factor and a shift per channel become part of the convolution before them.</summary>
public sealed class FoldingTests
{
    private readonly OnnxGraph _graph = new();

    [Fact]
    public void A_factor_and_a_shift_become_part_of_the_kernel_and_the_bias()
    {
        var convolution = _graph.Add("Conv", ["x", Kernel([2, 3, 4, 5], 2, 2, 1, 1)]);
        var shifted = Add("Add", Add("Mul", convolution, [10, 100]), [1, 2]);
        _graph.Output(shifted, null);
        var node = Folded();
        Assert.Equal(("Conv", shifted), (node.Op, node.Outputs[0]));
        Assert.Equal((float[])[20, 30, 400, 500], Floats(node.Inputs[1]));
        Assert.Equal((float[])[1, 2], Floats(node.Inputs[2]));
        Assert.Equal(2, _graph.Constants.Count);
    }

    [Fact]
    public void A_bias_is_multiplied_and_added_to()
    {
        var convolution = _graph.Add("Conv", ["x", Kernel([2, 3], 2, 1, 1, 1), _graph.Weights("bias", [5, 7], 2)]);
        _graph.Output(Add("Add", Add("Mul", convolution, [10, 100]), [1, 2]), null);
        Assert.Equal((float[])[51, 702], Floats(Folded().Inputs[2]));
    }

    [Fact]
    public void The_output_channels_of_a_transposed_convolution_are_the_second_dimension()
    {
        var convolution = _graph.Add("ConvTranspose", ["x", Kernel([1, 2, 3, 4], 2, 2, 1, 1)]);
        _graph.Output(Add("Mul", convolution, [10, 100]), null);
        Assert.Equal((float[])[10, 200, 30, 400], Floats(Folded().Inputs[1]));
    }

    [Fact]
    public void A_value_that_is_needed_elsewhere_stays()
    {
        var convolution = _graph.Add("Conv", ["x", Kernel([2, 3], 2, 1, 1, 1)]);
        _graph.Output(Add("Mul", convolution, [10, 100]), null);
        _graph.Output(convolution, null);
        Folding.Run(_graph);
        Assert.Equal(["Conv", "Mul"], _graph.Nodes.Select(n => n.Op));
    }

    [Fact]
    public void A_factor_that_is_not_one_a_channel_stays()
    {
        var kernel = Kernel([2, 3], 2, 1, 1, 1);
        var byScalar = _graph.Add("Mul", [_graph.Add("Conv", ["x", kernel]), _graph.Scalar(10)]);
        var byPlace = _graph.Add("Mul", [_graph.Add("Conv", ["x", kernel]), _graph.Weights("places", [10, 100], 1, 1, 2)]);
        var computed = _graph.Add("Mul", [_graph.Add("Conv", ["x", kernel]), "y"]);
        foreach (var output in (string[])[byScalar, byPlace, computed])
            _graph.Output(output, null);
        Folding.Run(_graph);
        Assert.Equal(3, _graph.Nodes.Count(n => n.Op == "Mul"));
    }

    [Fact]
    public void What_nothing_needs_is_removed()
    {
        _graph.Output(_graph.Add("Relu", ["x"]), null);
        _graph.Add("Mul", [_graph.Add("Relu", ["x"]), _graph.Scalar(2)]);
        Folding.Run(_graph);
        Assert.Single(_graph.Nodes);
        Assert.Empty(_graph.Constants);
    }

    private OnnxNode Folded()
    {
        Folding.Run(_graph);
        return Assert.Single(_graph.Nodes);
    }

    private string Kernel(float[] values, params int[] shape) => _graph.Weights("kernel", values, shape);

    /// <summary>An operation with a number for each of two channels.</summary>
    private string Add(string op, string input, float[] byChannel) =>
        _graph.Add(op, [input, _graph.Weights("channels", byChannel, 2, 1, 1)]);

    private float[] Floats(string constant) => _graph.Constants[constant].Floats!;
}
