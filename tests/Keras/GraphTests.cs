using Siaga.Keras;

namespace Siaga.Tests.Keras;

/// <summary>The generated graph is efficient, not only correct.</summary>
public sealed class GraphTests
{
    /// <summary>
    /// One transpose at the start and one for each place where Keras itself orders elements differently (Flatten, recurrent layers).
    /// </summary>
    [Theory]
    [InlineData("teachable-machine.keras2.h5", 1)]
    [InlineData("conv3d.keras3.h5", 1)]
    [InlineData("convlstm.keras2.h5", 2)]
    [InlineData("seed-lrcn.keras2.h5", 3)]
    [InlineData("seed-lrcn.keras3.keras", 3)]
    [InlineData("td-mobilenet-bilstm.keras3.h5", 3)]
    public void Pictures_are_turned_at_the_start_and_not_between_layers(string file, int transposes) =>
        Assert.Equal(transposes, Nodes(file).Count(n => n.Op == "Transpose"));

    [Theory]
    [InlineData("teachable-machine.keras2.h5")]
    [InlineData("td-mobilenet-bilstm.keras3.keras")]
    public void Batch_normalisation_behind_a_convolution_is_in_its_weights(string file)
    {
        var nodes = Nodes(file);
        Assert.DoesNotContain(nodes, n => n.Op is "BatchNormalization" or "Mul");
        Assert.All(nodes.Where(n => n.Op == "Conv"), n => Assert.Equal(3, n.Inputs.Count));
    }

    [Fact]
    public void Batch_normalisation_stays_where_another_layer_uses_its_input() =>
        Assert.Equal(4, Nodes("batchnorm-options.keras2.h5").Count(n => n.Op == "Mul"));

    [Theory]
    [InlineData("lstm-variants.keras2.h5", "LSTM", 5)]
    [InlineData("gru-variants.keras3.h5", "GRU", 5)]
    [InlineData("bidirectional-merges.keras3.keras", "LSTM", 11)]
    public void Recurrent_layers_are_ONNX_s_own_operators(string file, string op, int count)
    {
        var nodes = Nodes(file);
        Assert.Equal(count, nodes.Count(n => n.Op == op));
        Assert.DoesNotContain(nodes, n => n.Op is "Scan" or "Loop");
    }

    [Fact]
    public void A_ConvLSTM_is_a_loop_with_nothing_but_the_recurrent_convolution_in_it()
    {
        var loops = Nodes("convlstm.keras3.h5").Where(n => n.Op == "Scan").ToList();
        Assert.Equal(2, loops.Count);
        Assert.All(loops, l => Assert.Single(l.Body, n => n.Op == "Conv"));
        Assert.All(loops, l => Assert.True(l.Body.Count(n => n.Op == "Identity") <= 1));
    }

    [Fact]
    public void A_masked_LSTM_is_one_loop_however_many_steps_there_are() =>
        Assert.Equal(2, Nodes("masking-lstm.keras2.h5").Count(n => n.Op == "Scan"));

    private static IReadOnlyList<OnnxNode> Nodes(string file) =>
        OnnxNode.Of(KerasModel.Read(Path.Combine(AppContext.BaseDirectory, "fixtures", file)).Onnx);
}
