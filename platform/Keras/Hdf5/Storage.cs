namespace Siaga.Keras.Hdf5;

/// <summary>
/// The file as addresses, with what reading it may cost. Every read is checked against the file's true length before anything is allocated
/// for it, and everything that a file can ask for more than once is counted: no arrangement of addresses makes the work endless.
/// </summary>
/// <param name="start">Where the file's address 0 is: behind a user block, if there is one.</param>
internal sealed class Storage(RawBytes raw, long start) : IDisposable
{
    /// <summary>An address that stands for "not there".</summary>
    public const ulong Nowhere = ulong.MaxValue;

    /// <summary>Bytes of structure that one file's reading may look at: some fifty times what a model of a thousand layers has.</summary>
    private const long StructureBudget = 256L << 20;

    /// <summary>What a look costs at least, in bytes: that many of them take well below a second.</summary>
    private const long LeastCost = 256;

    /// <summary>Bytes of arrays, unpacked: what any file may have, and a ratio to its length. Weights hardly compress.</summary>
    private const long AlwaysUnpacked = 16L << 20;
    private const int MaxUnpackedRatio = 10;

    private long _structure;
    private long _unpacked;

    public long Length { get; } = raw.Length - start;

    /// <summary>A part of the file's structure.</summary>
    public byte[] Read(ulong address, ulong length, string what)
    {
        Check(address, length, what);
        Charge((long)length);
        var bytes = new byte[length];
        raw.Read(start + (long)address, bytes);
        return bytes;
    }

    /// <summary>As much as there is of it, for structures whose length stands in themselves.</summary>
    public byte[] ReadUpTo(ulong address, int length, string what) =>
        Read(address, address < (ulong)Length ? Math.Min((ulong)length, (ulong)Length - address) : 1, what);

    /// <summary>Values of an array, which are counted by <see cref="Unpack"/>.</summary>
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

    /// <summary>Counts work on the file's structure.</summary>
    public void Charge(long bytes)
    {
        _structure += Math.Max(bytes, LeastCost);
        if (_structure > StructureBudget)
            throw Hdf5Exception.Damaged("it is tied into itself, or has more parts than a model can have");
    }

    /// <summary>Counts memory for an array before it is taken.</summary>
    public void Unpack(long bytes)
    {
        _unpacked += Math.Max(bytes, LeastCost);
        if (_unpacked > AlwaysUnpacked + (MaxUnpackedRatio * Length))
            throw new Hdf5Exception($"The file says that it unpacks to more than {MaxUnpackedRatio} times its length, which is not believed.", "model_too_large");
    }

    public void Dispose() => raw.Dispose();
}
