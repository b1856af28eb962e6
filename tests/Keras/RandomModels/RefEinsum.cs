using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

internal static class RefEinsum
{
    public static Nd Dense(JsonObject config, RefWeights weights, Nd x, bool keras3)
    {
        var equation = config.Text("equation").Replace(" ", "", StringComparison.Ordinal);
        var (left, kernelLetters, right) = (equation.Split(',')[0], equation.Split(',')[1].Split("->")[0], equation.Split("->")[1]);
        var target = config.Ints("output_shape");
        var letters = left.Zip(x.Shape).ToDictionary(p => p.First, p => p.Second);

        // The output shape has no batch; dimensions that it leaves open are those of the input.
        foreach (var (letter, size) in right.TakeLast(target.Length).Zip(target))
        {
            if (size > 0)
                letters[letter] = size;
        }

        var kernel = weights.Get("kernel", [.. kernelLetters.Select(l => letters[l])]);
        char[] summed = [.. left.Concat(kernelLetters).Distinct().Where(l => !right.Contains(l, StringComparison.Ordinal))];
        var result = Nd.Of([.. right.Select(l => letters[l])], index =>
        {
            var at = right.Zip(index).ToDictionary(p => p.First, p => p.Second);
            var sum = 0.0;
            foreach (var inner in Nd.Indices([.. summed.Select(l => letters[l])]))
            {
                for (var i = 0; i < summed.Length; i++)
                    at[summed[i]] = inner[i];
                sum += x.At([.. left.Select(l => at[l])]) * kernel.At([.. kernelLetters.Select(l => at[l])]);
            }

            return sum;
        });
        if (config["bias_axes"] is { } axes)
        {
            var biasLetters = axes.GetValue<string>();
            var bias = weights.Get("bias", [.. right.Skip(right.IndexOfAny([.. biasLetters])).Select(
                l => biasLetters.Contains(l, StringComparison.Ordinal) ? letters[l] : 1)]);
            result += bias;
        }

        return RefActivations.Apply(config["activation"], result, keras3);
    }
}
