using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Random layers with several inputs, and layers that fit only some shapes.</summary>
internal static class OddLayers
{
    public static JsonObject Einsum(Workshop w, int[] shape)
    {
        var (units, dice) = (w.Dice.Of(1, 4), w.Dice);
        var (equation, output, bias) = dice.Of(0, 3) switch
        {
            0 => ("abc,cd->abd", new JsonArray(null, units), "d"),
            1 => ("abc,cde->abde", new JsonArray(null, units, 2), "de"),
            2 => ("abc,bcd->abd", new JsonArray(null, units), "d"),
            _ => ("abc,bd->adc", new JsonArray(units, shape[2]), "d"),
        };
        return w.Layer(
            "EinsumDense",
            ("equation", equation),
            ("output_shape", output),
            ("bias_axes", dice.Chance(0.7) ? bias : null),
            ("activation", SpatialLayers.Activation(w)));
    }

    /// <summary>Calls a layer or operator with two tensors; null when no two tensors fit.</summary>
    public static IReadOnlyList<Place>? Join(Draft draft)
    {
        var (w, dice) = (draft.Workshop, draft.Workshop.Dice);
        var a = dice.Pick(draft.All);
        switch (dice.Of(0, 12))
        {
            case < 4:
                List<Place> alike = [a, .. draft.All.Where(p => p != a && Broadcasts(p.Shape, a.Shape)).Take(dice.Of(1, 3))];
                if (!alike.All(p => alike.All(q => Broadcasts(p.Shape, q.Shape))))
                    alike = alike[..2];
                if (alike.Count < 2 || a.Shape.Length < 2)
                    return null;
                if (dice.Chance(0.3))
                    alike.Reverse();
                var name = dice.Pick("Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract");
                return draft.Add(w.Layer(name), name == "Subtract" ? alike[..2] : alike);
            case < 7:
                var axis = dice.Of(1, a.Shape.Length - 1);
                List<Place> joined = [a, .. draft.All.Where(p => p != a && Joins(p.Shape, a.Shape, axis)).Take(dice.Of(1, 3))];
                if (joined.Count < 2)
                    joined.Add(a);
                return draft.Add(w.Layer("Concatenate", ("axis", axis == a.Shape.Length - 1 ? dice.Pick(-1, axis) : axis)), joined);
            case 7:
                return Dot(draft, a);
            case 8:
                List<Place> sequences = [.. draft.All.Where(p => p.Shape.Length == 3)];
                if (sequences.Count == 0)
                    return null;
                var query = dice.Pick(sequences);
                var value = dice.Pick(sequences);
                if (value.Shape[^1] != query.Shape[^1] || dice.Chance(0.5))
                    return Many(draft, query, value);
                List<Place> three = dice.Chance(0.3) ? [query, value, value] : [query, value];
                return draft.Add(
                    dice.Chance(0.5)
                        ? w.Layer("AdditiveAttention", ("use_scale", dice.Chance(0.7)))
                        : w.Layer("Attention", ("use_scale", dice.Chance(0.5)), ("score_mode", dice.Pick("dot", "dot", "concat"))),
                    three);
            case 9:
                return Stateful(draft);
            case 10:
                return Nested(draft);
            default:
                var other = draft.All.FirstOrDefault(p => p != a && Broadcasts(p.Shape, a.Shape) && dice.Chance(0.5));
                return a.Value.Mask is null
                    && other?.Value.Mask is null
                    && draft.Operate(dice.Pick("Add", "Multiply", "Subtract"), a, other, dice.Pick(0.5, 2, -1)) is { } made
                    ? [made]
                    : null;
        }
    }

    /// <summary>A nested model with two inputs and one or two outputs.</summary>
    private static IReadOnlyList<Place>? Nested(Draft draft)
    {
        var (w, dice) = (draft.Workshop, draft.Workshop.Dice);
        var inner = new Draft(w);
        List<Place> inputs = [dice.Pick(draft.All), dice.Pick(draft.All)];
        if (inputs.Any(i => i.Value.Mask is not null || i.Shape.Length < 2))
            return null;
        foreach (var input in inputs)
            inner.Input(dice.Numbers(input.Shape, -1, 1));
        RandomModels.Grow(inner, dice.Of(3, 6), 0);
        var outputs = inner.Leaves;
        return outputs.Any(inner.Inputs.Contains) ? null : draft.Add(inner.ToFunctional(outputs), inputs, weights: inner.Weights);
    }

    private static IReadOnlyList<Place>? Many(Draft draft, Place query, Place value)
    {
        var (w, dice, size) = (draft.Workshop, draft.Workshop.Dice, draft.Workshop.Dice.Of(1, 4));
        var last = dice.Chance(0.4) ? dice.Of(1, 5) : 0;
        var layer = w.Layer(
            "MultiHeadAttention", ("num_heads", dice.Of(1, 3)), ("key_dim", size), ("value_dim", dice.Pick(size, dice.Of(1, 4))),
            ("use_bias", dice.Chance(0.8)),
            ("output_shape", last == 0 ? null : w.Keras3 ? new JsonArray(last) : last));
        if (!w.Keras3)
        {
            (string, int[])[] shapes = [("query_shape", query.Shape), ("key_shape", value.Shape), ("value_shape", value.Shape)];
            foreach (var (key, shape) in shapes)
                layer.ConfigOf()[key] = new JsonArray([null, .. shape.Skip(1).Select(s => (JsonNode?)s)]);
        }

        return draft.Add(layer, [query], [value], dice.Chance(0.3) ? new JsonObject { ["use_causal_mask"] = true } : null);
    }

    private static IReadOnlyList<Place>? Dot(Draft draft, Place a)
    {
        var dice = draft.Workshop.Dice;
        var fitting = draft.All.Where(p => p.Shape.Length is 2 or 3)
            .SelectMany(p => Enumerable.Range(1, p.Shape.Length - 1).Select(axis => (Place: p, Axis: axis))).ToList();
        var pairs = fitting
            .SelectMany(x => fitting
                .Where(y => x.Place != y.Place && x.Place.Shape[x.Axis] == y.Place.Shape[y.Axis])
                .Select(y => (x, y)))
            .ToList();
        if (pairs.Count == 0)
            return null;
        var (left, right) = dice.Pick(pairs);
        JsonNode axes = left.Axis == right.Axis && dice.Chance(0.5) ? left.Axis : Json.Array(left.Axis, right.Axis);
        return draft.Add(draft.Workshop.Layer("Dot", ("axes", axes), ("normalize", dice.Chance(0.3))), [left.Place, right.Place]);
    }

    /// <summary>An encoder that passes its states to a decoder.</summary>
    private static IReadOnlyList<Place>? Stateful(Draft draft)
    {
        var (w, dice) = (draft.Workshop, draft.Workshop.Dice);
        List<Place> sequences = [.. draft.All.Where(p => p.Shape.Length == 3)];
        if (sequences.Count == 0)
            return null;
        var both = dice.Chance(0.3);
        JsonObject Layer(bool states) =>
            both ? SequenceLayers.Bidirectional(w, [1, 1, 1], states) : SequenceLayers.Recurrent(w, states: states);
        var encoder = Layer(true);
        if (draft.Add(encoder, [dice.Pick(sequences)]) is not { } made)
            return null;
        var first = both && encoder.ConfigOf()["merge_mode"] is null ? 2 : 1;
        var decoder = encoder.DeepClone().AsObject();
        decoder.Remove("name");
        decoder.Remove("inbound_nodes");
        decoder.ConfigOf()["name"] = w.Name("decoder");
        return draft.Add(decoder, [dice.Pick(sequences)], [.. made.Skip(first)]) ?? made;
    }

    private static bool Broadcasts(int[] a, int[] b) =>
        a.Length == b.Length && a[0] == b[0] && a.Zip(b).All(p => p.First == p.Second || p.First == 1 || p.Second == 1);

    private static bool Joins(int[] a, int[] b, int axis) => a.Length == b.Length
        && a.Zip(b).Select((p, d) => d == axis || p.First == p.Second).All(fits => fits);
}
