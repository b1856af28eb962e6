using System.Buffers.Binary;
using System.Numerics;

namespace Siaga.Keras.Hdf5;

/// <summary>The two checksums of HDF5: Bob Jenkins's lookup3 for structures, Fletcher-32 for chunks of data.</summary>
internal static class Checksum
{
    /// <param name="block">A structure whose last four bytes are its checksum.</param>
    public static void Check(ReadOnlySpan<byte> block, string what)
    {
        if (block.Length < 4 || Lookup3(block[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(block[^4..]))
            throw Hdf5Exception.Damaged($"{what} does not match its checksum");
    }

    public static uint Lookup3(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var a = 0xDEADBEEF + (uint)data.Length;
            var (b, c) = (a, a);
            if (data.Length == 0)
                return c;
            while (data.Length > 12)
            {
                Add(data, ref a, ref b, ref c);
                a -= c; a ^= BitOperations.RotateLeft(c, 4); c += b;
                b -= a; b ^= BitOperations.RotateLeft(a, 6); a += c;
                c -= b; c ^= BitOperations.RotateLeft(b, 8); b += a;
                a -= c; a ^= BitOperations.RotateLeft(c, 16); c += b;
                b -= a; b ^= BitOperations.RotateLeft(a, 19); a += c;
                c -= b; c ^= BitOperations.RotateLeft(b, 4); b += a;
                data = data[12..];
            }

            Span<byte> rest = stackalloc byte[12];
            rest.Clear();
            data.CopyTo(rest);
            Add(rest, ref a, ref b, ref c);
            c ^= b; c -= BitOperations.RotateLeft(b, 14);
            a ^= c; a -= BitOperations.RotateLeft(c, 11);
            b ^= a; b -= BitOperations.RotateLeft(a, 25);
            c ^= b; c -= BitOperations.RotateLeft(b, 16);
            a ^= c; a -= BitOperations.RotateLeft(c, 4);
            b ^= a; b -= BitOperations.RotateLeft(a, 14);
            c ^= b; c -= BitOperations.RotateLeft(b, 24);
            return c;
        }
    }

    /// <summary>Fletcher-32 over big-endian 16-bit words; an odd last byte is the high byte of its word.</summary>
    public static uint Fletcher32(ReadOnlySpan<byte> data)
    {
        ulong first = 0, second = 0;
        for (var i = 0; i < data.Length; i += 2)
        {
            first = Fold(first + ((uint)data[i] << 8) + (i + 1 < data.Length ? data[i + 1] : 0u));
            second = Fold(second + first);
        }

        return (uint)((second << 16) | first);
    }

    /// <summary>Modulo 65535, except that a non-zero multiple becomes 65535 instead of 0.</summary>
    private static ulong Fold(ulong sum) => sum == 0 ? 0 : ((sum - 1) % 65535) + 1;

    private static void Add(ReadOnlySpan<byte> data, ref uint a, ref uint b, ref uint c)
    {
        unchecked
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(data);
            b += BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(data[8..]);
        }
    }
}
