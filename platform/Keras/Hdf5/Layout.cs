namespace Siaga.Keras.Hdf5;

internal enum LayoutKind
{
    Compact,
    Contiguous,
    Chunked,
}

internal enum ChunkIndexKind
{
    Tree1,
    Single,
    Implicit,
    FixedArray,
    ExtensibleArray,
    Tree2,
}

/// <summary>Where a dataset's values are stored.</summary>
/// <param name="Address">Address of the values, or of the chunk index.</param>
/// <param name="Size">Stored bytes of contiguous values, or of a single filtered chunk.</param>
/// <param name="Data">The values themselves, for the compact layout.</param>
/// <param name="Chunk">A chunk's dimensions, in elements.</param>
/// <param name="SkippedFilters">Bit mask of the filters not applied to a single chunk.</param>
/// <param name="PlainEdges">Chunks that cross the dataset's edge are not filtered.</param>
internal sealed record Layout(
    LayoutKind Kind, ulong Address, ulong? Size, ReadOnlyMemory<byte> Data, IReadOnlyList<int> Chunk, ChunkIndexKind Index,
    uint SkippedFilters, bool PlainEdges)
{
    private const string What = "a layout";

    public static Layout Read(ReadOnlyMemory<byte> body)
    {
        var at = new Cursor(body.Span, What);
        var version = at.U8();
        return version switch
        {
            1 or 2 => Old(ref at, body),
            3 or 4 => Current(ref at, body, version),
            _ => throw Hdf5Exception.NotRead($"version {version} of HDF5's layouts"),
        };
    }

    private static Layout Old(ref Cursor at, ReadOnlyMemory<byte> body)
    {
        var (rank, kind) = (at.U8(), at.U8());
        at.Skip(5);
        var address = kind == 0 ? Storage.Nowhere : at.U64();
        if (kind == 2)
            return Chunks(ref at, rank, 4, address);
        at.Skip(4 * rank);
        return kind == 0 ? Compact(body.Slice(at.At + 4, at.Take(at.U32()).Length)) : Contiguous(kind, address, null);
    }

    private static Layout Current(ref Cursor at, ReadOnlyMemory<byte> body, int version)
    {
        var kind = at.U8();
        if (kind == 0)
        {
            var size = at.U16();
            return Compact(body.Slice(at.At, at.Take(size).Length));
        }

        if (kind != 2)
            return kind == 1
                ? Contiguous(kind, at.U64(), at.U64())
                : throw Hdf5Exception.NotRead(kind == 3 ? "a virtual dataset" : $"the layout {kind}");
        if (version == 4)
            return Indexed(ref at);
        var rank = at.U8();
        return Chunks(ref at, rank, 4, at.U64());
    }

    private static Layout Indexed(ref Cursor at)
    {
        var (flags, rank, width) = (at.U8(), at.U8(), at.U8());
        var plain = Chunks(ref at, rank, width, Storage.Nowhere);
        var index = (ChunkIndexKind)at.U8();
        ulong? size = null;
        var skipped = 0u;
        switch (index)
        {
            case ChunkIndexKind.Single:
                (size, skipped) = (flags & 2) != 0 ? ((ulong?)at.U64(), at.U32()) : (null, 0u);
                break;
            case ChunkIndexKind.Implicit:
                break;
            case ChunkIndexKind.FixedArray:
                at.Skip(1);
                break;
            case ChunkIndexKind.ExtensibleArray:
                at.Skip(5);
                break;
            case ChunkIndexKind.Tree2:
                at.Skip(6);
                break;
            default:
                throw Hdf5Exception.NotRead($"the index {(int)index} of chunks");
        }

        return plain with { Index = index, Address = at.U64(), Size = size, SkippedFilters = skipped, PlainEdges = (flags & 1) != 0 };
    }

    /// <summary>Reads the chunk's dimensions. The last one is the element size, which is taken from the datatype instead.</summary>
    private static Layout Chunks(ref Cursor at, int rank, int width, ulong address)
    {
        if (rank is < 2 or > Dataspace.MaxRank + 1)
            throw Hdf5Exception.Damaged($"{What} has chunks of {rank - 1} dimensions");
        var chunk = new int[rank - 1];
        for (var i = 0; i < rank; i++)
        {
            var size = at.Unsigned(width);
            if (size is 0 or > int.MaxValue)
                throw Hdf5Exception.Damaged($"{What} has chunks of {size}");
            if (i < chunk.Length)
                chunk[i] = (int)size;
        }

        return new Layout(LayoutKind.Chunked, address, null, default, chunk, ChunkIndexKind.Tree1, 0, false);
    }

    private static Layout Compact(ReadOnlyMemory<byte> data) =>
        new(LayoutKind.Compact, Storage.Nowhere, (ulong)data.Length, data, [], ChunkIndexKind.Tree1, 0, false);

    private static Layout Contiguous(int kind, ulong address, ulong? size) => kind == 1
        ? new(LayoutKind.Contiguous, address, size, default, [], ChunkIndexKind.Tree1, 0, false)
        : throw Hdf5Exception.NotRead($"the layout {kind}");
}
