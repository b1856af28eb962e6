using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Bugs found by random models and by reading Keras's source, each in its smallest form.</summary>
public sealed class FoundTests
{
    private static readonly bool[] s_versions = [false, true];

    [Fact]
    public void Groups_are_normalised_along_an_axis_in_the_middle() =>
        Agrees([1, 3, 4, 5], w => [w.Layer("GroupNormalization", ("groups", 2), ("axis", 2))]);

    [Fact]
    public void Two_directions_are_joined_along_the_last_dimension_also_where_channels_come_first() => Agrees([1, 2, 2, 4, 4], w =>
    {
        var forward = SequenceLayers.Convolutional(w, [1, 2, 2, 4, 4], sequences: true, firstOnly: true);
        var backward = forward.DeepClone().AsObject();
        (forward.ConfigOf()["go_backwards"], backward.ConfigOf()["go_backwards"]) = (false, true);
        backward.ConfigOf()["name"] = w.Name("backward");
        return [w.Layer("Bidirectional", ("layer", forward), ("backward_layer", backward), ("merge_mode", "concat"))];
    });

    [Fact]
    public void Steps_and_features_are_normalised_together_behind_a_recurrent_layer() =>
        Agrees([2, 3, 4], w => [SequenceLayers.Recurrent(w, sequences: true), w.Layer("LayerNormalization", ("axis", Json.Array(1, 2)))]);

    [Fact]
    public void Zeros_round_a_picture_are_higher_than_what_is_below_zero() =>
        Agrees([1, 4, 4, 2], w =>
        [
            w.Layer("Rescaling", ("scale", 1.0), ("offset", -2)),
            w.Layer("ZeroPadding2D", ("padding", new JsonArray(Json.Array(2, 2), Json.Array(1, 3))), ("data_format", "channels_last")),
            w.Layer(
                "MaxPooling2D", ("pool_size", Json.Array(2, 2)), ("strides", Json.Array(1, 1)), ("padding", "valid"),
                ("data_format", "channels_last")),
        ]);

    [Fact]
    public void A_picture_with_channels_first_is_enlarged_before_a_layer_with_channels_last() =>
        Agrees([1, 5, 5, 3], w =>
        [
            w.Layer("UpSampling2D", ("size", Json.Array(3, 2)), ("data_format", "channels_first"), ("interpolation", "bilinear")),
            w.Layer(
                "MaxPooling2D", ("pool_size", Json.Array(3, 3)), ("strides", Json.Array(2, 2)), ("padding", "valid"),
                ("data_format", "channels_last")),
        ]);

    [Fact]
    public void A_model_called_twice_in_a_graph_has_calls_from_one() => Both(draft =>
    {
        var w = draft.Workshop;
        var (left, right) = (draft.Input(w.Dice.Numbers([1, 4], -1, 1)), draft.Input(w.Dice.Numbers([1, 4], -1, 1)));
        var inner = new Draft(w);
        var middle = inner.Add(w.Layer("Dense", ("units", 3), ("activation", "tanh")), [inner.Input(w.Dice.Numbers([1, 4], -1, 1))])!;
        var shared = inner.ToFunctional(middle);
        Place[] ends = [draft.Add(shared, [left], weights: inner.Weights)![0], draft.Add(shared, [right])![0]];
        Assert.Equal([1, 2], ends.Select(e => e.Node));
        draft.Add(w.Layer("Subtract"), ends);
    });

    [Fact]
    public void A_merge_of_one_masked_and_one_plain_sequence_is_masked_as_its_Keras_has_it() => Both(draft =>
    {
        var w = draft.Workshop;
        var input = draft.Input(new Nd([1, 4, 2], [1, 2, 0, 0, 3, 4, 0, 0]));
        var masked = draft.Add(w.Layer("Masking", ("mask_value", 0.0)), [input])![0];
        foreach (var merge in (JsonObject[])[w.Layer("Add"), w.Layer("Concatenate", ("axis", -1)), w.Layer("Concatenate", ("axis", 1))])
        {
            var sum = draft.Add(merge, [masked, draft.Add(w.Layer("Dense", ("units", 2), ("activation", "tanh")), [input])![0]])![0];
            draft.Add(SequenceLayers.Recurrent(w, sequences: true), [sum]);
        }
    });

    private static void Agrees(int[] shape, Func<Workshop, IReadOnlyList<JsonObject>> layers) => Both(draft =>
    {
        var at = draft.Input(draft.Workshop.Dice.Numbers(shape, -1, 1));
        foreach (var layer in layers(draft.Workshop))
            at = draft.Add(layer, [at])![0];
    });

    /// <summary>Builds and checks the model for Keras 2 and Keras 3.</summary>
    private static void Both(Action<Draft> build)
    {
        foreach (var keras3 in s_versions)
        {
            var draft = new Draft(new Workshop(new Dice(7), keras3, archive: false));
            build(draft);
            var outputs = draft.Leaves;
            var model = new RandomModel(
                keras3, false, draft.ToFunctional(outputs), draft.Weights, [.. draft.Inputs.Select(i => i.Value)],
                [.. outputs.Select(o => o.Value)]);
            Assert.Null(RandomModelTests.Compare(model, written: true));
        }
    }
}
