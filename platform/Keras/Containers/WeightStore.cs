using PureHDF;

namespace Siaga.Keras.Containers;

/// <summary>One array of weights, row-major.</summary>
/// <param name="Name">As the file names it, e.g. <c>lstm/lstm_cell/kernel:0</c>.</param>
internal sealed record WeightArray(string Name, IReadOnlyList<int> Shape, float[] Values);

/// <summary>The weights of every layer, in the order in which the layer made them.</summary>
internal sealed class WeightStore
{
    private readonly Dictionary<string, IReadOnlyList<WeightArray>> _byLayer = new(StringComparer.Ordinal);

    public long Parameters => _byLayer.Values.SelectMany(w => w).Sum(w => (long)w.Values.Length);

    /// <summary>None for a layer without weights, or one that the file does not know.</summary>
    public IReadOnlyList<WeightArray> Of(string layer) => _byLayer.GetValueOrDefault(layer, []);

    /// <summary>Follows <c>layer_names</c> and <c>weight_names</c>; paths are never guessed.</summary>
    public static WeightStore Read(IH5Group root)
    {
        var store = new WeightStore();
        if (!root.AttributeExists("layer_names"))
            return store;
        foreach (var layer in Names(root, "layer_names"))
        {
            var group = root.Group(layer);
            store._byLayer[layer] = group.AttributeExists("weight_names") ? [.. Names(group, "weight_names").Select(name => Array(group, name))] : [];
        }

        return store;
    }

    private static string[] Names(IH5Group group, string attribute)
    {
        var names = group.Attribute(attribute);
        return names.Space.Dimensions is [0] ? [] : [.. names.Read<string[]>().Select(n => n.TrimEnd('\0'))];
    }

    private static WeightArray Array(IH5Group group, string name)
    {
        var data = group.Dataset(name);
        int[] shape = [.. data.Space.Dimensions.Select(d => checked((int)d))];
        var count = shape.Aggregate(1L, (a, b) => checked(a * b));
        var values = data.Type is { Class: H5DataTypeClass.FloatingPoint, Size: 4 } ? data.Read<float[]>()
            : data.Type is { Class: H5DataTypeClass.FloatingPoint, Size: 8 } ? [.. data.Read<double[]>().Select(v => (float)v)]
            : throw new KerasException("weights_type", $"The weights '{name}' are neither 32- nor 64-bit floats.");
        return values.Length == count ? new WeightArray(name, shape, values) : throw new KerasException("weights_broken", $"The weights '{name}' are cut short.");
    }
}
