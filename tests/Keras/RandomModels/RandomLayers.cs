using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>A random layer, with its weights if it is a model whose layers have already been run.</summary>
internal sealed record Made(JsonObject Layer, RefWeights? Weights = null);

internal static class RandomLayers
{
    /// <param name="shape">The input's shape, batch first.</param>
    /// <param name="depth">How deeply models and wrappers may be nested.</param>
    public static Made? Of(Workshop w, int[] shape, int depth)
    {
        var dice = w.Dice;
        var rank = shape.Length;
        var roll = dice.Of(0, 99);
        if (depth > 0 && roll < 4)
            return Model(w, shape, depth - 1);
        switch (rank)
        {
            case 3 when roll < 30:
                return new Made(dice.Chance(0.6) ? SequenceLayers.Recurrent(w) : SequenceLayers.Bidirectional(w, shape));
            case 3 or 4 or 5 when roll < 48:
                return One(SpatialLayers.Convolution(w, shape));
            case 3 or 4 or 5 when roll < 58:
                return One(SpatialLayers.Pooling(w, shape));
            case 3 or 4 or 5 when roll < 64:
                return One(SpatialLayers.Resizing(w, shape));
            case 4 or 5 when roll < 71:
                return One(dice.Chance(0.8) ? SequenceLayers.Convolutional(w, shape) : SequenceLayers.Bidirectional(w, shape));
            case 6 when roll < 25:
                return One(SequenceLayers.Convolutional(w, shape));
            case 3 or 4 or 5 or 6 when roll < 82 && depth > 0:
                return TimeDistributed(w, shape, depth - 1);
            case 3 when roll < 82 && dice.Chance(0.5):
                return One(OddLayers.Einsum(w, shape));
        }

        return One(dice.Of(0, 9) switch
        {
            < 2 => PlainLayers.Dense(w, shape),
            < 4 => PlainLayers.Activation(w, shape),
            < 6 => PlainLayers.Normalisation(w, shape),
            < 7 => PlainLayers.Training(w, shape),
            _ => PlainLayers.Shape(w, shape),
        });
    }

    private static Made? One(JsonObject? layer) => layer is null ? null : new Made(layer);

    private static Made? TimeDistributed(Workshop w, int[] shape, int depth)
    {
        int[] step = [shape[0] * shape[1], .. shape[2..]];
        var inner = w.Dice.Chance(0.2) ? Model(w, step, depth) : Of(w, step, depth);
        if (inner is null || HasStates(inner.Layer))
            return null;
        RefWeights? weights = null;
        if (inner.Weights is not null)
        {
            weights = new RefWeights(w.Dice);
            weights.Adopt("layer", inner.Weights);
        }

        return new Made(w.Layer("TimeDistributed", ("layer", inner.Layer)), weights);
    }

    private static bool HasStates(JsonObject layer) => layer.ConfigOf()["merge_mode"] is null && layer.ClassOf() == "Bidirectional";

    /// <summary>A nested model: a chain, or a small graph with one output.</summary>
    private static Made? Model(Workshop w, int[] shape, int depth)
    {
        var draft = new Draft(w);
        var input = draft.Input(w.Dice.Numbers(shape, -1, 1));
        if (w.Dice.Chance(0.5))
        {
            var last = RandomModels.Chain(draft, input, w.Dice.Of(1, 4), depth);
            return last.Layer == input.Layer || draft.Leaves.Count != 1 ? null : new Made(draft.ToSequential(), draft.Weights);
        }

        RandomModels.Grow(draft, w.Dice.Of(2, 5), depth);
        var leaves = draft.Leaves;
        if (leaves.Count > 1)
        {
            var flat = leaves.Select(l => l.Shape.Length == 2 ? l : draft.Add(w.Layer("Flatten"), [l])![0]).ToList();
            leaves = draft.Add(w.Layer("Concatenate", ("axis", -1)), flat) is { } joined ? joined : [];
        }

        return leaves.Count == 1 && leaves[0].Layer != input.Layer ? new Made(draft.ToFunctional(leaves), draft.Weights) : null;
    }
}
