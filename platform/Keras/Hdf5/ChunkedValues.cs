namespace Siaga.Keras.Hdf5;

/// <summary>Assembles an array from its chunks.</summary>
internal sealed class ChunkedValues(Storage storage, Layout layout, Filters filters, Dataspace space, int elementSize)
{
    private const string What = "a chunk";

    private readonly ChunkGrid _grid = ChunkGrid.Of(space, layout, elementSize, filters.Any);

    /// <param name="into">Row-major; already filled with the fill value.</param>
    public void Read(Span<byte> into)
    {
        var index = ChunkIndexes.Of(storage, layout, _grid);
        var place = new int[_grid.Counts.Count];
        do
        {
            if (index.Find(place) is { } chunk && chunk.Address != Storage.Nowhere)
                Copy(Unpacked(chunk, place), place, into);
        }
        while (Next(place, _grid.Counts));
    }

    private byte[] Unpacked(Chunk chunk, int[] place)
    {
        var plain = !filters.Any || (layout.PlainEdges && CrossesEdge(place));
        var size = (int)_grid.ChunkBytes;
        storage.Check(chunk.Address, chunk.Stored, What);
        if (plain ? chunk.Stored < _grid.ChunkBytes : !filters.Believes(chunk.Stored, _grid.ChunkBytes, chunk.Skipped))
            throw Hdf5Exception.Damaged("a chunk's length does not fit what it should hold");
        storage.Unpack(size + (long)chunk.Stored);
        var bytes = new byte[plain ? _grid.ChunkBytes : chunk.Stored];
        storage.CopyTo(chunk.Address, bytes, What);
        return plain ? bytes : filters.Undo(bytes, chunk.Skipped, size);
    }

    private bool CrossesEdge(int[] place)
    {
        for (var i = 0; i < place.Length; i++)
        {
            if ((long)(place[i] + 1) * layout.Chunk[i] > space.Dimensions[i])
                return true;
        }

        return false;
    }

    /// <summary>Copies the part of a chunk that lies inside the array, row by row.</summary>
    private void Copy(byte[] chunk, int[] place, Span<byte> into)
    {
        var rank = place.Length;
        var sizes = new int[rank];
        for (var i = 0; i < rank; i++)
            sizes[i] = Math.Min(layout.Chunk[i], space.Dimensions[i] - (place[i] * layout.Chunk[i]));
        var row = sizes[rank - 1] * elementSize;
        sizes[rank - 1] = 1;
        var at = new int[rank];
        do
        {
            long from = 0, to = 0;
            for (var i = 0; i < rank; i++)
            {
                from = (from * layout.Chunk[i]) + at[i];
                to = (to * space.Dimensions[i]) + ((long)place[i] * layout.Chunk[i]) + at[i];
            }

            chunk.AsSpan((int)from * elementSize, row).CopyTo(into[((int)to * elementSize)..]);
        }
        while (Next(at, sizes));
    }

    /// <summary>Advances to the next index combination, the last dimension fastest; false after the last one.</summary>
    private static bool Next(int[] at, IReadOnlyList<int> sizes)
    {
        for (var i = at.Length - 1; i >= 0; i--)
        {
            if (++at[i] < sizes[i])
                return true;
            at[i] = 0;
        }

        return false;
    }
}
