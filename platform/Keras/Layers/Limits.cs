using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>What a model from outside may ask for.</summary>
internal static class Limits
{
    public const int Layers = 10_000;
    public const int Calls = 50_000;

    /// <summary>Inputs of a model, or outputs.</summary>
    public const int Ends = 256;

    // A tensor of 2 GiB of floats: no clip's model is near it.
    private const long Elements = 1L << 29;
    private const int Rank = 12;

    public static void Check(LayerConfig layer, Value output)
    {
        var known = output.Shape.Where(d => d is not null).Aggregate(1.0, (product, d) => product * d!.Value);
        if (known > Elements || output.Rank > Rank || output.Shape.Any(d => d <= 0))
            throw new KerasException("model_too_large", $"The layer '{layer.Name}' ({layer.ClassName}) makes a tensor of ({string.Join(", ", output.Shape.Select(d => d?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"))}), which is not believed.", layer.Name);
    }
}
