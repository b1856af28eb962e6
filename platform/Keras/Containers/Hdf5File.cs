using System.Globalization;
using PureHDF;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Containers;

/// <summary>What of an HDF5 file a model reader needs.</summary>
internal sealed class Hdf5File(Stream stream) : IDisposable
{
    private readonly PureHDF.VOL.Native.NativeFile _file = H5File.Open(stream);

    public bool Has(string path)
    {
        IH5Group group = _file;
        var parts = path.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (!group.LinkExists(parts[i]))
                return false;
            if (i < parts.Length - 1)
                group = group.Group(parts[i]);
        }

        return true;
    }

    public string? Text(string attribute) => _file.AttributeExists(attribute) ? _file.Attribute(attribute).Read<string>() : null;

    /// <summary>A list of names; long ones are split over attributes with a number at the end.</summary>
    public IReadOnlyList<string> Names(string group, string attribute)
    {
        var at = group.Length == 0 ? (IH5Group)_file : _file.Group(group);
        if (at.AttributeExists(attribute))
            return Strings(at.Attribute(attribute));
        var names = new List<string>();
        for (var i = 0; at.AttributeExists(string.Create(CultureInfo.InvariantCulture, $"{attribute}{i}")); i++)
            names.AddRange(Strings(at.Attribute(string.Create(CultureInfo.InvariantCulture, $"{attribute}{i}"))));
        return names;
    }

    public WeightArray Array(string path, string name)
    {
        var data = _file.Dataset(path);
        int[] shape = [.. data.Space.Dimensions.Select(d => checked((int)d))];
        var count = shape.Aggregate(1L, (a, b) => checked(a * b));
        float[] values = (data.Type.Class, data.Type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint, 4) => data.Read<float[]>(),
            (H5DataTypeClass.FloatingPoint, 8) => [.. data.Read<double[]>().Select(v => (float)v)],
            (H5DataTypeClass.FloatingPoint, 2) => [.. data.Read<Half[]>().Select(v => (float)v)],
            (H5DataTypeClass.FixedPoint, 8) => [.. data.Read<long[]>().Select(v => (float)v)],
            (H5DataTypeClass.FixedPoint, 4) => [.. data.Read<int[]>().Select(v => (float)v)],
            _ => throw new KerasException("weights_type", $"The weights '{name}' are of a type that is not read here; save the model in 32-bit floats."),
        };
        return values.Length == count ? new WeightArray(name, shape, values) : throw new KerasException("weights_broken", $"The weights '{name}' are cut short.");
    }

    public void Dispose() => _file.Dispose();

    private static string[] Strings(IH5Attribute names) => names.Space.Dimensions is [0] ? [] : [.. names.Read<string[]>().Select(n => n.TrimEnd('\0'))];
}
