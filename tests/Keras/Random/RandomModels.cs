using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.Random;

/// <param name="Config">As it stands in a file.</param>
/// <param name="Outputs">What the reference answers.</param>
internal sealed record RandomModel(int Seed, bool Keras3, bool Archive, JsonObject Config, RefWeights Weights, IReadOnlyList<Nd> Inputs, IReadOnlyList<Nd> Outputs);

/// <summary>Models made at random, of the kinds that the field has.</summary>
internal static class RandomModels
{
    public static RandomModel Make(int seed)
    {
        var dice = new Dice(seed);
        var (keras3, archive) = (dice.Chance(0.5), dice.Chance(0.5));
        var workshop = new Workshop(dice, keras3, archive);
        while (true)
        {
            var draft = new Draft(workshop);
            var chain = dice.Chance(0.5);
            var count = chain || dice.Chance(0.6) ? 1 : 2;
            var batch = dice.Of(1, 2);
            var shape = Shape(dice, batch);
            for (var i = 0; i < count; i++)
                draft.Input(dice.Numbers(dice.Chance(0.5) ? shape : Shape(dice, batch), -1, 1));
            if (chain)
                Chain(draft, draft.Inputs[0], dice.Of(2, 9), 2);
            else
                Grow(draft, dice.Of(3, 10), 2);
            var outputs = draft.Leaves;
            if (outputs.Any(o => draft.Inputs.Contains(o)))
                continue;
            var sequential = chain && outputs.Count == 1 && dice.Chance(0.7);
            return new RandomModel(
                seed, keras3, archive, sequential ? draft.ToSequential() : draft.ToFunctional(outputs), draft.Weights, [.. draft.Inputs.Select(i => i.Value)], [.. outputs.Select(o => o.Value)]);
        }
    }

    /// <summary>Layer after layer; returns what comes out.</summary>
    public static Place Chain(Draft draft, Place at, int length, int depth)
    {
        for (var i = 0; i < length; i++)
        {
            if (RandomLayers.Of(draft.Workshop, at.Shape, depth) is { } made && Add(draft, made, at) is { Count: 1 } outputs)
                at = outputs[0];
        }

        return at;
    }

    /// <summary>Layers after any tensor that is there, several inputs joined now and then, and layers called again.</summary>
    public static void Grow(Draft draft, int steps, int depth)
    {
        var dice = draft.Workshop.Dice;
        var callable = new List<(Made Made, int[] Shape)>();
        for (var i = 0; i < steps; i++)
        {
            if (dice.Chance(0.3) && OddLayers.Join(draft) is not null)
                continue;
            var leaves = draft.Leaves;
            var at = dice.Chance(0.6) && leaves.Count > 0 ? dice.Pick(leaves) : dice.Pick(draft.All);
            var again = callable.Find(c => c.Shape.SequenceEqual(at.Shape));
            if (again.Made is not null && dice.Chance(0.3))
                Add(draft, again.Made, at);
            else if (RandomLayers.Of(draft.Workshop, at.Shape, depth) is { } made && Add(draft, made, at) is not null)
                callable.Add((made, at.Shape));
        }

        // Not too many ends.
        while (draft.Leaves is { Count: > 4 } many)
        {
            var flat = many.Take(3).Select(p => p.Shape.Length == 2 ? p : draft.Add(draft.Workshop.Layer("Flatten"), [p])![0]).ToList();
            if (draft.Add(draft.Workshop.Layer("Concatenate", ("axis", -1)), flat) is null)
                return;
        }
    }

    private static IReadOnlyList<Place>? Add(Draft draft, Made made, Place at) => draft.Add(made.Layer, [at], weights: made.Weights);

    private static int[] Shape(Dice dice, int batch) => dice.Of(0, 9) switch
    {
        0 => [batch, dice.Of(1, 8)],
        < 4 => [batch, dice.Of(1, 7), dice.Of(1, 6)],
        < 6 => [batch, dice.Of(2, 7), dice.Of(2, 7), dice.Of(1, 4)],
        < 9 => [batch, dice.Of(1, 4), dice.Of(3, 6), dice.Of(3, 6), dice.Of(1, 3)],
        _ => [batch, dice.Of(1, 3), dice.Of(1, 3), dice.Of(3, 4), dice.Of(3, 4), dice.Of(1, 2)],
    };
}
