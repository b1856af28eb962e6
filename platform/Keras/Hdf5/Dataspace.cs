namespace Siaga.Keras.Hdf5;

/// <summary>The shape of a dataset or attribute.</summary>
/// <param name="Dimensions">Empty for a scalar.</param>
/// <param name="Largest">The maximum size of each dimension; <see cref="ulong.MaxValue"/> for unlimited.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record Dataspace(IReadOnlyList<int> Dimensions, IReadOnlyList<ulong> Largest, long Count)
{
    public const int MaxRank = 32;
    private const string What = "a dataspace";

    public static Dataspace Read(ReadOnlySpan<byte> body)
    {
        var at = new Cursor(body, What);
        var (version, rank, flags) = (at.U8(), at.U8(), at.U8());
        if (version is not (1 or 2))
            throw Hdf5Exception.Damaged($"{What} has the unknown version {version}");
        var nothing = at.U8() == 2 && version == 2;
        at.Skip(version == 1 ? 4 : 0);
        if (rank > MaxRank)
            throw Hdf5Exception.Damaged($"{What} has {rank} dimensions");
        var dimensions = new int[rank];
        var count = nothing ? 0L : 1L;
        for (var i = 0; i < rank; i++)
        {
            var size = at.U64();
            if (size > int.MaxValue || (size != 0 && count > long.MaxValue / (long)size / 16))
                throw new Hdf5Exception("The file has an array of more elements than any memory holds.", "model_too_large");
            dimensions[i] = (int)size;
            count *= (long)size;
        }

        var largest = new ulong[rank];
        for (var i = 0; i < rank; i++)
            largest[i] = (flags & 1) != 0 ? at.U64() : (ulong)dimensions[i];
        return new Dataspace(dimensions, largest, count);
    }
}
