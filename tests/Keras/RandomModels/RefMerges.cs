using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

internal static class RefMerges
{
    public static Nd Merge(string name, JsonObject config, IReadOnlyList<Nd> inputs)
    {
        var result = name switch
        {
            "Add" => inputs.Aggregate((a, b) => a + b),
            "Subtract" => inputs[0] - inputs[1],
            "Multiply" => inputs.Aggregate((a, b) => a * b),
            "Average" => inputs.Aggregate((a, b) => a + b).Map(v => v / inputs.Count),
            "Maximum" => inputs.Aggregate((a, b) => Nd.Broadcast(a, b, Math.Max)),
            "Minimum" => inputs.Aggregate((a, b) => Nd.Broadcast(a, b, Math.Min)),
            "Concatenate" => Nd.Concat(config.Int("axis", -1), inputs),
            _ => throw new NotSupportedException(name),
        };
        return result.Unmasked();
    }

    /// <summary>After batch_dot.</summary>
    public static Nd Dot(JsonObject config, Nd a, Nd b)
    {
        var axes = config.Ints("axes", 2);
        var (p, q) = (a.Axis(axes[0]), b.Axis(axes[1]));
        if (config.Flag("normalize"))
            (a, b) = (RefNormalisations.Unit([p], a), RefNormalisations.Unit([q], b));
        int[] left = [.. Enumerable.Range(1, a.Rank - 1).Where(d => d != p)];
        int[] right = [.. Enumerable.Range(1, b.Rank - 1).Where(d => d != q)];
        var result = Nd.Of([a.Shape[0], .. left.Select(d => a.Shape[d]), .. right.Select(d => b.Shape[d])], index =>
        {
            var (x, y, sum) = (new int[a.Rank], new int[b.Rank], 0.0);
            (x[0], y[0]) = (index[0], index[0]);
            for (var i = 0; i < left.Length; i++)
                x[left[i]] = index[1 + i];
            for (var i = 0; i < right.Length; i++)
                y[right[i]] = index[1 + left.Length + i];
            for (var k = 0; k < a.Shape[p]; k++)
            {
                (x[p], y[q]) = (k, k);
                sum += a.At(x) * b.At(y);
            }

            return sum;
        });
        return result.Rank == 1 ? result.Reshape(result.Shape[0], 1) : result;
    }
}
