using Siaga.Keras.Containers;

namespace Siaga.Keras.Weights;

/// <summary>
/// The weights of a <c>.h5</c> file, located by the attributes <c>layer_names</c> and <c>weight_names</c>; paths are never guessed.
/// </summary>
internal sealed class ListedWeights(Hdf5File file) : IWeightSource
{
    private const string Root = "model_weights";

    private readonly Dictionary<string, string> _groups = file.Names(file.Has(Root) ? Root : "", "layer_names")
        .Distinct(StringComparer.Ordinal).ToDictionary(n => n, n => file.Has(Root) ? $"{Root}/{n}" : n, StringComparer.Ordinal);

    public WeightNode Of(WeightPlan plan, string folder)
    {
        if (!_groups.TryGetValue(plan.Config.Name, out var group))
        {
            return plan.Count == 0 ? WeightNode.None : throw new KerasException(
                "weights_missing", $"The file has no weights for the layer '{plan.Config.Name}' ({plan.Config.ClassName}).",
                plan.Config.Name);
        }

        return FlatWeights.Give(plan, [.. file.Names(group, "weight_names").Select(n => file.Array($"{group}/{n}", n))]);
    }
}
