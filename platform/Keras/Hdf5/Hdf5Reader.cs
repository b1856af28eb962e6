namespace Siaga.Keras.Hdf5;

/// <summary>
/// Reads HDF5 files as far as models need it, following the HDF5 File Format Specification 3.0. The input is untrusted: no read goes past
/// the end of the file, no allocation exceeds what the file contains, recursion depth does not depend on the file, and all work is bounded
/// (<see cref="Storage"/>).
/// </summary>
/// <remarks>Throws <see cref="Hdf5Exception"/>. Not thread-safe.</remarks>
internal sealed class Hdf5Reader : IDisposable
{
    private readonly Dictionary<ulong, Hdf5Object> _objects = [];

    public Hdf5Reader(RawBytes raw)
    {
        var superblock = Superblock.Read(raw);
        Storage = new Storage(raw, superblock.Start);
        Heap = new GlobalHeap(Storage);
        Root = At(superblock.Root);
    }

    public Storage Storage { get; }

    public GlobalHeap Heap { get; }

    public Hdf5Object Root { get; }

    /// <param name="path">Names separated by slashes; empty names are ignored.</param>
    /// <returns>Null when it does not exist.</returns>
    public Hdf5Object? Find(string path)
    {
        var at = Root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!at.Links.TryGetValue(name, out var address))
                return null;
            if (address == Storage.Nowhere)
                throw Hdf5Exception.NotRead($"'{name}' as a link to another place");
            at = At(address);
        }

        return at;
    }

    /// <summary>The body of a message; that of a shared message is in the header of another object.</summary>
    public ReadOnlyMemory<byte> Resolve(Message message)
    {
        if (!message.Shared)
            return message.Body;
        var at = new Cursor(message.Body.Span, "a shared message");
        var (version, kind) = (at.U8(), at.U8());
        if (version is < 1 or > 3)
            throw Hdf5Exception.Damaged("a shared message has an unknown version");
        if (version == 3 && kind != 2)
            throw Hdf5Exception.NotRead("a table of shared messages");
        at.Skip(version == 1 ? 6 : 0);
        foreach (var found in At(at.U64()).Messages)
        {
            if (found.Type == message.Type && !found.Shared)
                return found.Body;
        }

        throw Hdf5Exception.Damaged("a shared message is not where it should be");
    }

    public void Dispose() => Storage.Dispose();

    private Hdf5Object At(ulong address)
    {
        if (!_objects.TryGetValue(address, out var found))
            _objects[address] = found = new Hdf5Object(this, address);
        return found;
    }
}
