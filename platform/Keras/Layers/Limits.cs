using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>Limits for untrusted models.</summary>
internal static class Limits
{
    public const int Layers = 10_000;
    public const int Calls = 50_000;

    /// <summary>Maximum inputs of a model, and maximum outputs.</summary>
    public const int Ends = 256;

    // A tensor with 2 GiB of floats, far more than any model for clips needs.
    private const long Elements = 1L << 29;
    private const int Rank = 12;

    public static void Check(LayerConfig layer, Value output)
    {
        var known = output.Shape.Where(d => d is not null).Aggregate(1.0, (product, d) => product * d!.Value);
        if (known > Elements || output.Rank > Rank || output.Shape.Any(d => d <= 0))
        {
            var shape = string.Join(", ", output.Shape.Select(d => d?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"));
            throw new KerasException(
                "model_too_large",
                $"The layer '{layer.Name}' ({layer.ClassName}) makes a tensor of ({shape}), which is not plausible.",
                layer.Name);
        }
    }
}
