namespace Siaga.Keras.Hdf5;

/// <summary>Opens the index with which a dataset locates its chunks.</summary>
internal static class ChunkIndexes
{
    private const int Plain = 10;
    private const int Filtered = 11;

    public static IChunkIndex Of(Storage storage, Layout layout, ChunkGrid grid) => layout.Index switch
    {
        ChunkIndexKind.Tree1 => grid.ByPlace(OfTree1(storage, layout, grid)),
        ChunkIndexKind.Tree2 => grid.ByPlace(OfTree2(storage, layout, grid)),
        ChunkIndexKind.Single => grid.ByPlace(
            [(new ulong[grid.Chunk.Count], new Chunk(layout.Address, layout.Size ?? grid.ChunkBytes, layout.SkippedFilters))]),
        ChunkIndexKind.Implicit => new InOrder(layout.Address, grid),
        ChunkIndexKind.FixedArray => new FixedArray(storage, layout.Address, grid),
        _ => new ExtensibleArray(storage, layout.Address, grid),
    };

    /// <summary>Reads an entry of a fixed or extensible array of chunks.</summary>
    public static Chunk? Entry(ReadOnlySpan<byte> bytes, ChunkGrid grid)
    {
        var at = new Cursor(bytes, "an array of chunks");
        var address = at.U64();
        if (address == Storage.Nowhere)
            return null;
        return grid.Filtered ? new Chunk(address, at.Unsigned(at.Left - 4), at.U32()) : new Chunk(address, grid.ChunkBytes, 0);
    }

    private static IEnumerable<(ulong[] Place, Chunk Chunk)> OfTree1(Storage storage, Layout layout, ChunkGrid grid)
    {
        foreach (var (key, child) in BTree1.Leaves(storage, layout.Address, 1, 8 + (8 * (grid.Chunk.Count + 1))))
            yield return One(key.Span, child);

        (ulong[], Chunk) One(ReadOnlySpan<byte> key, ulong child)
        {
            var at = new Cursor(key, "a chunk's key");
            var chunk = new Chunk(child, at.U32(), at.U32());
            var place = new ulong[grid.Chunk.Count];
            for (var i = 0; i < place.Length; i++)
                place[i] = at.U64() / (ulong)grid.Chunk[i];
            return (place, chunk);
        }
    }

    private static IEnumerable<(ulong[] Place, Chunk Chunk)> OfTree2(Storage storage, Layout layout, ChunkGrid grid)
    {
        foreach (var record in BTree2.Records(storage, layout.Address, grid.Filtered ? Filtered : Plain))
            yield return One(record.Span);

        (ulong[], Chunk) One(ReadOnlySpan<byte> record)
        {
            var at = new Cursor(record, "a chunk's record");
            var address = at.U64();
            var places = 8 * grid.Chunk.Count;
            var chunk = grid.Filtered
                ? new Chunk(address, at.Unsigned(at.Left - 4 - places), at.U32())
                : new Chunk(address, grid.ChunkBytes, 0);
            var place = new ulong[grid.Chunk.Count];
            for (var i = 0; i < place.Length; i++)
                place[i] = at.U64();
            return (place, chunk);
        }
    }

    /// <summary>The implicit index: all chunks are stored contiguously.</summary>
    private sealed class InOrder(ulong address, ChunkGrid grid) : IChunkIndex
    {
        public Chunk? Find(ReadOnlySpan<int> place)
        {
            var at = address + (UInt128)grid.Number(place) * grid.ChunkBytes;
            return at < Storage.Nowhere
                ? new Chunk((ulong)at, grid.ChunkBytes, 0)
                : throw Hdf5Exception.Damaged("a chunk would lie beyond its end");
        }
    }
}
