using Siaga.Keras.Graph;
using Siaga.Keras.Models;

namespace Siaga.Tests.Unit.Keras;

/// <summary>Which paddings name their axes, so that ONNX Runtime does not fuse them.</summary>
public sealed class BordersTests
{
    private readonly OnnxGraph _graph = new();

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AveragePool")]
    [InlineData("ConvTranspose")]
    public void Padding_before_anything_but_a_convolution_names_all_axes(string op)
    {
        _graph.Add(op, [Pad("x")]);
        Assert.Equal("0,1,2,3", AxesAfterRun());
    }

    [Fact]
    public void Padding_before_a_convolution_may_be_fused()
    {
        _graph.Add("Conv", [Pad("x")]);
        Assert.Equal("none", AxesAfterRun());
    }

    [Fact]
    public void Padding_that_a_convolution_shares_with_a_pool_is_protected()
    {
        var padded = Pad("x");
        _graph.Add("Conv", [padded]);
        _graph.Add("MaxPool", [padded]);
        Assert.Equal("0,1,2,3", AxesAfterRun());
    }

    [Fact]
    public void Padding_that_is_known_only_at_run_time_stays()
    {
        _graph.Add("MaxPool", [_graph.Add("Pad", ["x", "computed"])]);
        Assert.Equal("none", AxesAfterRun());
    }

    [Fact]
    public void Padding_that_names_its_axes_already_stays()
    {
        var pads = _graph.Integers(1, 1);
        _graph.Add("MaxPool", [_graph.Add("Pad", ["x", pads, "", _graph.Integers(2)])]);
        Assert.Equal("2", AxesAfterRun());
    }

    private string Pad(string input) => _graph.Add("Pad", [input, _graph.Integers(0, 0, 1, 1, 0, 0, 1, 1)]);

    private string AxesAfterRun()
    {
        Borders.Run(_graph);
        return _graph.Nodes.Single(n => n.Op == "Pad").Inputs is [_, _, "", var axes]
            ? string.Join(',', _graph.Constants[axes].Integers!)
            : "none";
    }
}
