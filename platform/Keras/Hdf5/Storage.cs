namespace Siaga.Keras.Hdf5;

/// <summary>
/// The file's address space, with budgets for reading it. Every read is checked against the real file length before memory is allocated,
/// and everything that a file can make us read more than once is counted, so that no arrangement of addresses causes endless work.
/// </summary>
/// <param name="start">Position of the file's address 0: after the user block, if there is one.</param>
internal sealed class Storage(RawBytes raw, long start) : IDisposable
{
    /// <summary>The address that means "undefined".</summary>
    public const ulong Nowhere = ulong.MaxValue;

    /// <summary>Budget of bytes for file structures: about fifty times what a model with a thousand layers needs.</summary>
    private const long StructureBudget = 256L << 20;

    /// <summary>The minimum cost of a read in bytes: reads of this cost exhaust the budget in well under a second.</summary>
    private const long LeastCost = 256;

    /// <summary>Budget of unpacked array bytes: a fixed allowance, or a multiple of the file length. Weights hardly compress.</summary>
    private const long AlwaysUnpacked = 16L << 20;
    private const int MaxUnpackedRatio = 10;

    private long _structure;
    private long _unpacked;

    public long Length { get; } = raw.Length - start;

    /// <summary>Reads a part of the file's structure and counts it.</summary>
    public byte[] Read(ulong address, ulong length, string what)
    {
        Check(address, length, what);
        Charge((long)length);
        var bytes = new byte[length];
        raw.Read(start + (long)address, bytes);
        return bytes;
    }

    /// <summary>Reads up to a length, for structures that contain their own length.</summary>
    public byte[] ReadUpTo(ulong address, int length, string what) =>
        Read(address, address < (ulong)Length ? Math.Min((ulong)length, (ulong)Length - address) : 1, what);

    /// <summary>Reads values of an array, which <see cref="Unpack"/> has counted.</summary>
    public void CopyTo(ulong address, Span<byte> into, string what)
    {
        Check(address, (ulong)into.Length, what);
        raw.Read(start + (long)address, into);
    }

    public void Check(ulong address, ulong length, string what)
    {
        if (address > (ulong)Length || length > (ulong)Length - address)
            throw Hdf5Exception.Damaged($"{what} would lie beyond its end");
    }

    /// <summary>Counts work on file structures.</summary>
    public void Charge(long bytes)
    {
        _structure += Math.Max(bytes, LeastCost);
        if (_structure > StructureBudget)
            throw Hdf5Exception.Damaged("it contains itself, or has more parts than a model can have");
    }

    /// <summary>Counts memory for an array before it is allocated.</summary>
    public void Unpack(long bytes)
    {
        _unpacked += Math.Max(bytes, LeastCost);
        if (_unpacked > AlwaysUnpacked + (MaxUnpackedRatio * Length))
            throw new Hdf5Exception(
                $"The file says that it unpacks to more than {MaxUnpackedRatio} times its length, which is not plausible.",
                "model_too_large");
    }

    public void Dispose() => raw.Dispose();
}
