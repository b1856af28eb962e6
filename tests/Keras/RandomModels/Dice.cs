namespace Siaga.Tests.Keras.RandomModels;

/// <summary>A seeded source of random numbers.</summary>
internal sealed class Dice(int seed)
{
    private readonly System.Random _random = new(seed);

    /// <summary>A number from the first to the last, both inclusive.</summary>
    public int Of(int first, int last) => _random.Next(first, last + 1);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T Pick<T>(params IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Numbers between two limits, rounded to 32-bit floats.</summary>
    public Nd Numbers(int[] shape, double low, double high)
    {
        var values = new double[Nd.Count(shape)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(low + (_random.NextDouble() * (high - low)));
        return new Nd(shape, values);
    }
}
