namespace Siaga.Keras.Weights;

/// <summary>Distributes the arrays that an old file lists for one layer over the parts of that layer.</summary>
internal static class FlatWeights
{
    // States of random generators, which Keras lists among the weights of some layers.
    private static readonly string[] s_states = ["StateVar", "seed_generator_state", "random_generator"];

    public static WeightNode Give(WeightPlan plan, IReadOnlyList<WeightArray> arrays)
    {
        List<WeightArray> useful = [.. arrays.Where(a => !s_states.Any(s => a.Name.Contains(s, StringComparison.Ordinal)))];
        return ByName(plan, useful) ?? ByOrder(plan, useful);
    }

    /// <summary>Assigns arrays to nested layers by name, if each array names exactly one. Works whichever layers were frozen.</summary>
    private static WeightNode? ByName(WeightPlan plan, IReadOnlyList<WeightArray> arrays)
    {
        if (plan.Own.Count > 0 || plan.Parts.Count < 2 || arrays.Count != plan.Count)
            return null;
        var owners = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (part, inner) in plan.Parts)
        {
            foreach (var name in inner.Names().Distinct(StringComparer.Ordinal))
                owners[name] = owners.ContainsKey(name) ? null : part.Key;
        }

        var given = plan.Parts.ToDictionary(p => p.Part.Key, _ => new List<WeightArray>(), StringComparer.Ordinal);
        foreach (var array in arrays)
        {
            var segments = array.Name.Split('/').SkipLast(1);
            var named = segments.Where(owners.ContainsKey).Select(s => owners[s]).Distinct(StringComparer.Ordinal).ToList();
            if (named is not [{ } owner])
                return null;
            given[owner].Add(array);
        }

        return plan.Parts.All(p => given[p.Part.Key].Count == p.Plan.Count)
            ? new WeightNode([], plan.Parts.ToDictionary(p => p.Part.Key, p => Give(p.Plan, given[p.Part.Key]), StringComparer.Ordinal))
            : null;
    }

    /// <summary>Assigns arrays by order: Keras lists trainable weights first, then the others, each in layer order.</summary>
    private static WeightNode ByOrder(WeightPlan plan, IReadOnlyList<WeightArray> arrays)
    {
        var trainable = plan.Trainables().ToList();
        if (arrays.Count < trainable.Count)
        {
            throw new KerasException(
                "weights_missing",
                $"The layer '{plan.Config.Name}' ({plan.Config.ClassName}) has {arrays.Count} arrays of weights "
                + $"and needs {trainable.Count}.",
                plan.Config.Name);
        }

        var (next, frozen, at) = (0, trainable.Count(t => t), 0);
        List<WeightArray> ordered = [.. trainable.Select(t => arrays[t ? next++ : frozen++])];
        return Take(plan);

        WeightNode Take(WeightPlan of)
        {
            List<WeightArray> own = [.. ordered.Skip(at).Take(of.Own.Count)];
            at += of.Own.Count;
            return new WeightNode(own, of.Parts.ToDictionary(p => p.Part.Key, p => Take(p.Plan), StringComparer.Ordinal));
        }
    }
}
