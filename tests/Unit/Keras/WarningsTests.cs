using System.Text.Json;
using Siaga.Keras.Graph;
using Siaga.Keras.Layers;
using Siaga.Keras.Models;

namespace Siaga.Tests.Unit.Keras;

public sealed class WarningsTests
{
    private const string Softmax = """{"class_name":"Dense","config":{"name":"d","activation":"softmax"}}""";

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(null, false)]
    public void A_softmax_over_one_unit_cannot_vary(int? units, bool isTold) => Assert.Equal(isTold ? 1 : 0, Of(Softmax, units).Count);

    [Fact]
    public void The_warning_names_the_layer() => Assert.Equal(
        "The output cannot vary: 'd' is a softmax over one unit, which is always 1. Sigmoid was probably intended.",
        Assert.Single(Of(Softmax, 1)));

    [Theory]
    [InlineData("""{"class_name":"Dense","config":{"name":"d","activation":"sigmoid"}}""", false)]
    [InlineData("""{"class_name":"Dense","config":{"name":"d"}}""", false)]
    [InlineData("""{"class_name":"Softmax","config":{"name":"d"}}""", true)]
    [InlineData("""{"class_name":"Softmax","config":{"name":"d","axis":-1}}""", true)]
    [InlineData("""{"class_name":"Softmax","config":{"name":"d","axis":1}}""", false)]
    [InlineData("""{"class_name":"Softmax","config":{"name":"d","axis":[-1]}}""", true)]
    public void A_softmax_is_known_as_an_activation_and_as_a_layer(string layer, bool isTold) =>
        Assert.Equal(isTold ? 1 : 0, Of(layer, 1).Count);

    [Fact]
    public void It_is_found_inside_a_wrapper_and_inside_a_nested_model()
    {
        Assert.Single(Of($$$"""{"class_name":"TimeDistributed","config":{"name":"t","layer":{{{Softmax}}}}}""", 1));
        Assert.Single(Of($$$"""{"class_name":"Sequential","config":{"name":"s","layers":[{{{Softmax}}}]}}""", 1));
    }

    [Fact]
    public void Only_the_layer_of_the_output_counts() =>
        Assert.Empty(Of(Softmax + """,{"class_name":"Dense","config":{"name":"e","activation":"sigmoid"}}""", 1));

    [Fact]
    public void A_layer_that_would_keep_its_state_starts_anew_wherever_it_is()
    {
        const string layer = """{"class_name":"LSTM","config":{"name":"l","stateful":true}}""";
        const string told = "'l' is stateful: here each run starts from an empty state.";
        Assert.Equal(told, Assert.Single(Of(layer, 2)));
        Assert.Equal(told, Assert.Single(Of($$$"""{"class_name":"Bidirectional","config":{"name":"b","layer":{{{layer}}}}}""", 2)));
        Assert.Equal(told, Assert.Single(Of($$$"""{"class_name":"Sequential","config":{"name":"s","layers":[{{{layer}}}]}}""", 2)));
        Assert.Empty(Of(layer.Replace("true", "false", StringComparison.Ordinal), 2));
    }

    /// <summary>The warnings of a sequence of layers.</summary>
    /// <param name="units">The last dimension of its output.</param>
    private static IReadOnlyList<string> Of(string layers, int? units)
    {
        var model = LayerConfig.Of(JsonElement.Parse($$$"""{"class_name":"Sequential","config":{"name":"m","layers":[{{{layers}}}]}}"""));
        return Warnings.Of(model, ModelLayout.LayersOf(model), [new Value("y", [null, units])]);
    }
}
