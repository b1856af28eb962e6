using Siaga.Keras.Weights;

namespace Siaga.Tests.Keras.RandomModels;

internal sealed record RefVariable(string Name, Nd Value, bool Trainable);

/// <summary>
/// The weights of a layer and its parts. The reference requests each by name and shape, in the order in which Keras creates them: from a
/// file's list, or newly generated when there is none.
/// </summary>
internal sealed class RefWeights
{
    private readonly Dice? _dice;
    private readonly WeightNode? _given;
    private readonly List<(string Key, RefWeights Weights)> _parts = [];

    public RefWeights(Dice dice) => _dice = dice;

    public RefWeights(WeightNode given) => _given = given;

    public List<RefVariable> Own { get; } = [];

    public IReadOnlyList<(string Key, RefWeights Weights)> Parts => _parts;

    public RefWeights Part(string key)
    {
        var found = _parts.FirstOrDefault(p => p.Key == key).Weights;
        if (found is null)
            _parts.Add((key, found = _dice is { } dice ? new RefWeights(dice) : new RefWeights(
                _given!.Parts.GetValueOrDefault(key) ?? WeightNode.None)));
        return found;
    }

    public void Adopt(string key, RefWeights weights) => _parts.Add((key, weights));

    public Nd Get(string name, params int[] shape) => Get(name, true, 0, 0, shape);

    public Nd Get(string name, bool trainable, double low, double high, params int[] shape)
    {
        if (Own.Find(v => v.Name == name) is { } known)
            return known.Value.Shape.SequenceEqual(shape)
                ? known.Value
                : throw new InvalidOperationException($"{name} is wanted in two shapes.");
        Nd value;
        if (_given is not null)
        {
            var array = _given.Own[Own.Count];
            value = array.Shape.SequenceEqual(shape)
                ? new Nd(shape, [.. array.Values.Select(v => (double)v)])
                : throw new InvalidOperationException($"{name}: ({string.Join(',', array.Shape)}) instead of ({string.Join(',', shape)})");
        }
        else
        {
            // Keeps the variance of inputs and outputs about equal to one.
            var limit = shape.Length < 2 ? 0.5 : Math.Sqrt(3.0 / Nd.Count(shape[..^1]));
            value = low == high ? _dice!.Numbers(shape, -limit, limit) : _dice!.Numbers(shape, low, high);
        }

        Own.Add(new RefVariable(name, value, trainable));
        return value;
    }
}
