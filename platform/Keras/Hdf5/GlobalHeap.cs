namespace Siaga.Keras.Hdf5;

/// <summary>The heap for variable-length strings: collections of numbered objects.</summary>
internal sealed class GlobalHeap(Storage storage)
{
    private const string What = "a collection of texts";
    private const int HeaderSize = 16;

    private readonly Dictionary<ulong, Dictionary<int, ReadOnlyMemory<byte>>> _collections = [];

    public ReadOnlyMemory<byte> Object(ulong collection, uint index)
    {
        if (!_collections.TryGetValue(collection, out var objects))
            _collections[collection] = objects = Read(collection);
        return objects.TryGetValue((int)index, out var found) ? found : throw Hdf5Exception.Damaged("a text is not where it should be");
    }

    private Dictionary<int, ReadOnlyMemory<byte>> Read(ulong address)
    {
        var at = new Cursor(storage.Read(address, HeaderSize, What), What);
        at.Expect("GCOL"u8, 1);
        at.Skip(3);
        var size = at.U64();
        storage.Check(address, size, What);
        var body = storage.Read(address, size, What).AsMemory();
        var objects = new Dictionary<int, ReadOnlyMemory<byte>>();
        at = new Cursor(body.Span, What);
        at.Skip(HeaderSize);
        while (at.Left >= HeaderSize)
        {
            var index = at.U16();
            at.Skip(2 + 4);
            var length = at.U64();
            if (index == 0)
                break;
            objects.TryAdd(index, body.Slice(at.At, at.Take(length).Length));
            at.Skip((int)Math.Min((ulong)at.Left, (8 - (length % 8)) % 8));
        }

        return objects;
    }
}
