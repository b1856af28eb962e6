namespace Siaga.Keras.Hdf5;

/// <summary>The superblock, which leads to the root group.</summary>
/// <param name="Start">Position of the superblock and of address 0.</param>
/// <param name="Root">Address of the root group's header.</param>
internal sealed record Superblock(long Start, ulong Root)
{
    /// <summary>A user block before it is 0, 512, 1024, 2048… bytes long. We search up to this length.</summary>
    private const long MaxUserBlock = 16 << 20;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    public static Superblock Read(RawBytes raw)
    {
        var start = Find(raw);
        var bytes = new byte[Math.Min(128, raw.Length - start)];
        raw.Read(start, bytes);
        var at = new Cursor(bytes, "its superblock");
        at.Skip(Signature.Length);
        var version = at.U8();
        // The end-of-file address counts from the start of the whole file, all other addresses from the superblock.
        var (root, length) = version switch
        {
            0 or 1 => First(ref at, version),
            2 or 3 => Second(ref at, bytes),
            _ => throw Hdf5Exception.NotRead($"version {version} of HDF5's superblock"),
        };
        if (length > (ulong)(raw.Length - start))
            throw new Hdf5Exception(
                $"The file is cut short: it says that it is {length} bytes long and holds {raw.Length - start}; copy it again.");
        return new Superblock(start, root);
    }

    /// <summary>The position of the signature, or -1.</summary>
    public static long Locate(RawBytes raw)
    {
        Span<byte> found = stackalloc byte[8];
        for (long at = 0; at <= Math.Min(raw.Length - 8, MaxUserBlock); at = at == 0 ? 512 : at * 2)
        {
            raw.Read(at, found);
            if (found.SequenceEqual(Signature))
                return at;
        }

        return -1;
    }

    private static long Find(RawBytes raw) => Locate(raw) is >= 0 and var at ? at : throw Hdf5Exception.Damaged("it has no HDF5 signature");

    private static (ulong Root, ulong End) First(ref Cursor at, int version)
    {
        at.Skip(4);
        Sizes(at.U8(), at.U8());
        at.Skip(version == 0 ? 1 + 8 : 1 + 12);
        var begin = at.U64();
        at.Skip(8);
        var end = at.U64();
        at.Skip(8 + 8);
        return (at.U64(), unchecked(end - begin));
    }

    private static (ulong Root, ulong End) Second(ref Cursor at, byte[] bytes)
    {
        Sizes(at.U8(), at.U8());
        at.Skip(1);
        var begin = at.U64();
        at.Skip(8);
        var end = at.U64();
        var root = at.U64();
        at.Skip(4);
        Checksum.Check(bytes.AsSpan(0, at.At), "its superblock");
        return (root, unchecked(end - begin));
    }

    private static void Sizes(byte address, byte length)
    {
        if (address != 8 || length != 8)
            throw Hdf5Exception.NotRead($"addresses of {address} bytes and lengths of {length}");
    }
}
