namespace Siaga.Keras.Hdf5;

/// <summary>A stored chunk.</summary>
/// <param name="Stored">Size in the file, in bytes.</param>
/// <param name="Skipped">Bit mask of the filters that were not applied to it.</param>
internal sealed record Chunk(ulong Address, ulong Stored, uint Skipped);

/// <summary>Finds chunks by their position in the grid of chunks.</summary>
internal interface IChunkIndex
{
    /// <returns>Null when the chunk was never written.</returns>
    Chunk? Find(ReadOnlySpan<int> place);
}

/// <summary>The grid of a dataset's chunks.</summary>
/// <param name="Counts">Number of chunks in each dimension.</param>
/// <param name="Largest">The same for the dataset's maximum size; null when unlimited.</param>
/// <param name="ChunkBytes">Uncompressed size of a chunk in bytes.</param>
internal sealed record ChunkGrid(
    IReadOnlyList<int> Counts, IReadOnlyList<ulong?> Largest, IReadOnlyList<int> Chunk, ulong ChunkBytes, bool Filtered)
{
    public static ChunkGrid Of(Dataspace space, Layout layout, int elementSize, bool filtered)
    {
        if (layout.Chunk.Count != space.Dimensions.Count)
            throw Hdf5Exception.Damaged("chunks have other dimensions than their dataset");
        var bytes = (ulong)elementSize;
        foreach (var size in layout.Chunk)
        {
            bytes *= (ulong)size;
            if (bytes > int.MaxValue)
                throw new Hdf5Exception("The file has a chunk of more than 2 GiB, which is not plausible.", "model_too_large");
        }

        return new ChunkGrid(
            [.. space.Dimensions.Zip(layout.Chunk, (d, c) => (int)(((long)d + c - 1) / c))],
            [.. space.Largest.Zip(
                layout.Chunk, (d, c) => d == ulong.MaxValue ? (ulong?)null : (d / (ulong)c) + (d % (ulong)c == 0 ? 0UL : 1))],
            layout.Chunk, bytes, filtered);
    }

    /// <summary>
    /// The linear index of a position in an array of chunks: computed from the dataset's maximum size, with an unlimited dimension first.
    /// </summary>
    public ulong Number(ReadOnlySpan<int> place)
    {
        var endless = 0;
        for (var i = 1; i < place.Length; i++)
        {
            if (Largest[i] is null)
                endless = i;
        }

        ulong number = (ulong)place[endless];
        for (var i = 0; i < place.Length; i++)
        {
            if (i == endless)
                continue;
            var size = Largest[i] ?? throw Hdf5Exception.Damaged("an array of chunks grows in two dimensions");
            var product = (UInt128)number * size;
            number = product + (ulong)place[i] <= ulong.MaxValue
                ? (ulong)product + (ulong)place[i]
                : throw Hdf5Exception.Damaged("chunks have impossible places");
        }

        return number;
    }

    /// <summary>The linear index of a position in the current grid; null when it is outside.</summary>
    public long? Key(ReadOnlySpan<ulong> place)
    {
        var key = 0L;
        for (var i = 0; i < Counts.Count; i++)
        {
            if (place[i] >= (ulong)Counts[i])
                return null;
            key = (key * Counts[i]) + (long)place[i];
        }

        return key;
    }

    /// <summary>An index for chunks whose records contain their position.</summary>
    public IChunkIndex ByPlace(IEnumerable<(ulong[] Place, Chunk Chunk)> chunks)
    {
        var known = new Dictionary<long, Chunk>();
        foreach (var (place, chunk) in chunks)
        {
            if (Key(place) is { } key)
                known.TryAdd(key, chunk);
        }

        return new Known(this, known);
    }

    private sealed class Known(ChunkGrid grid, Dictionary<long, Chunk> chunks) : IChunkIndex
    {
        public Chunk? Find(ReadOnlySpan<int> place)
        {
            var key = 0L;
            for (var i = 0; i < place.Length; i++)
                key = (key * grid.Counts[i]) + place[i];
            return chunks.TryGetValue(key, out var chunk) ? chunk : null;
        }
    }
}
