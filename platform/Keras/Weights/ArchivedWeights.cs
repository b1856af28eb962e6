using System.Globalization;
using System.Text.RegularExpressions;
using Siaga.Keras.Containers;

namespace Siaga.Keras.Weights;

/// <summary>The weights of a <c>.keras</c> archive: one folder per layer, <c>layers/dense_1/vars/0</c>.</summary>
internal sealed partial class ArchivedWeights(Hdf5File file) : IWeightSource
{
    // TensorFlow 2.12 wrote the second one.
    private static readonly string[] s_roots = ["layers", "_layer_checkpoint_dependencies"];

    public WeightNode Of(WeightPlan plan, string folder) => Read(plan, [.. s_roots.Select(r => $"{r}/{folder}")]);

    /// <summary>The folder name of each layer: its class name in Keras's snake case, with a number from the second one on.</summary>
    public static IEnumerable<string> Folders(IEnumerable<string> classNames)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in classNames.Select(SnakeCase))
        {
            var count = seen[name] = seen.TryGetValue(name, out var before) ? before + 1 : 0;
            yield return count == 0 ? name : $"{name}_{count.ToString(CultureInfo.InvariantCulture)}";
        }
    }

    /// <summary>As Keras's <c>to_snake_case</c>: Conv2DTranspose becomes conv2d_transpose, PReLU becomes p_re_lu.</summary>
    public static string SnakeCase(string className) =>
        LowerUpper().Replace(Words().Replace(className, "${a}_${b}"), "${a}_${b}").ToLowerInvariant();

    private WeightNode Read(WeightPlan plan, IReadOnlyList<string> places)
    {
        if (plan.Count == 0)
            return WeightNode.None;
        var own = plan.Own.Count == 0
            ? []
            : places.SelectMany(p => plan.Folders.Select(f => Variables(plan, $"{p}/{f}"))).FirstOrDefault(v => v is not null)
            ?? throw new KerasException(
                "weights_missing", $"The file has no weights for the layer '{plan.Config.Name}' ({plan.Config.ClassName}).",
                plan.Config.Name);
        return new WeightNode(
            own,
            plan.Parts.ToDictionary(
                p => p.Part.Key,
                p => Read(p.Plan, [.. places.SelectMany(at => p.Part.Paths.Select(f => $"{at}/{f}"))]),
                StringComparer.Ordinal));
    }

    private List<WeightArray>? Variables(WeightPlan plan, string folder)
    {
        if (!file.Has($"{folder}/0"))
            return null;
        var found = new List<WeightArray>();
        for (var i = 0; i < plan.Own.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{folder}/{i}");
            if (!file.Has(path))
                throw new KerasException(
                    "weights_missing",
                    $"The weights '{plan.Own[i].Name}' of the layer '{plan.Config.Name}' are not in the file.",
                    plan.Config.Name);
            found.Add(file.Array(path, $"{plan.Config.Name}/{plan.Own[i].Name}"));
        }

        return found;
    }

    [GeneratedRegex("(?<a>.)(?<b>[A-Z][a-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();

    [GeneratedRegex("(?<a>[a-z])(?<b>[A-Z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LowerUpper();
}
