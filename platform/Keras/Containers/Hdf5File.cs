using System.Globalization;
using Siaga.Keras.Hdf5;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Containers;

/// <summary>The parts of an HDF5 file that a model reader needs. Throws only <see cref="KerasException"/>.</summary>
internal sealed class Hdf5File : IDisposable
{
    private readonly Hdf5Reader _file;

    /// <param name="raw">Disposed together with this object, or at once if the file is not HDF5.</param>
    public Hdf5File(RawBytes raw)
    {
        try
        {
            _file = Guard(() => new Hdf5Reader(raw));
        }
        catch (KerasException)
        {
            raw.Dispose();
            throw;
        }
    }

    public bool Has(string path) => Guard(() => _file.Find(path) is not null);

    /// <summary>A string attribute of the root group; null when it does not exist.</summary>
    public string? Text(string attribute) => Guard(() => _file.Root.Attributes.TryGetValue(attribute, out var found) ? Texts(found) switch
    {
        [var only] => only,
        _ => throw new Hdf5Exception($"The file's '{attribute}' is not a single text."),
    } : null);

    /// <summary>
    /// A list of names. Keras splits a long list over several attributes with a numeric suffix. A missing group yields an empty list.
    /// </summary>
    public IReadOnlyList<string> Names(string group, string attribute) => Guard(() =>
    {
        if (_file.Find(group)?.Attributes is not { } attributes)
            return [];
        if (attributes.TryGetValue(attribute, out var whole))
            return Texts(whole);
        var names = new List<string>();
        for (var i = 0; attributes.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{attribute}{i}"), out var part); i++)
            names.AddRange(Texts(part));
        return names;
    });

    public WeightArray Array(string path, string name) => Guard(() =>
    {
        var found = _file.Find(path) ?? throw new Hdf5Exception($"The weights '{name}' are not in the file.", "weights_missing");
        var data = new Hdf5Dataset(_file, found);
        var values = data.Floats()
            ?? throw new Hdf5Exception(
                $"The weights '{name}' are {data.Type.Name}, which is not supported; save the model in 32-bit floats.",
                "weights_type");
        return new WeightArray(name, data.Space.Dimensions, values);
    });

    public void Dispose() => _file.Dispose();

    private IReadOnlyList<string> Texts(Hdf5Attribute attribute) => attribute.Space.Count == 0 ? [] : Hdf5.Texts.Of(_file, attribute)
        ?? throw new Hdf5Exception($"The file's '{attribute.Name}' is not text but {attribute.Type.Name}.");

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Hdf5Exception e)
        {
            throw new KerasException(e.Code, e.Message, null, e);
        }
        catch (IOException e)
        {
            throw new KerasException("model_unreadable", "The file cannot be read.", null, e);
        }
    }
}
