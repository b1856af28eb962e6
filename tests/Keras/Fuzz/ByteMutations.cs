using System.Buffers.Binary;

namespace Siaga.Tests.Keras.Fuzz;

/// <summary>Mutations without knowledge of the format.</summary>
internal static class ByteMutations
{
    private static readonly byte[] s_bytes = [0, 1, 2, 4, 7, 8, 15, 16, 31, 32, 64, 127, 128, 200, 254, 255];

    public static (byte[] File, string Story) Of(byte[] file, System.Random random) => random.Next(6) switch
    {
        0 => Flip(file, random, 0, file.Length),
        1 => Overwrite(file, random, 0, file.Length),
        2 => Field(file, random, 0, file.Length),
        3 => (file[..random.Next(file.Length)], "cut"),
        4 => Repeat(file, random),
        _ => Remove(file, random),
    };

    public static (byte[] File, string Story) Flip(byte[] file, System.Random random, int from, int length)
    {
        var copy = file.ToArray();
        var count = 1 << random.Next(5);
        for (var i = 0; i < count; i++)
            copy[from + random.Next(length)] ^= (byte)(1 << random.Next(8));
        return (copy, $"{count} bits");
    }

    public static (byte[] File, string Story) Overwrite(byte[] file, System.Random random, int from, int length)
    {
        var copy = file.ToArray();
        var count = 1 << random.Next(4);
        for (var i = 0; i < count; i++)
            copy[from + random.Next(length)] = s_bytes[random.Next(s_bytes.Length)];
        return (copy, $"{count} bytes");
    }

    /// <summary>Replaces a number of two, four or eight bytes by a value that often breaks readers.</summary>
    public static (byte[] File, string Story) Field(byte[] file, System.Random random, int from, int length)
    {
        var copy = file.ToArray();
        var size = 2 << random.Next(3);
        var place = from + random.Next(Math.Max(1, length - size));
        place -= random.Next(3) > 0 ? place % size : 0;
        // For eight bytes, prefer a number that looks like an address or a length.
        for (var i = 0; size == 8 && i < 200 && place + 8 < copy.Length; i++, place = (from + random.Next(Math.Max(1, length - size))) & ~7)
        {
            if (BinaryPrimitives.ReadUInt64LittleEndian(copy.AsSpan(place)) is > 0 and var now && now <= (ulong)file.Length * 2)
                break;
        }

        if (place + size > copy.Length)
            return Flip(file, random, from, length);
        Span<byte> bytes = stackalloc byte[8];
        copy.AsSpan(place, size).CopyTo(bytes);
        var old = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Value(old, file.Length, random));
        bytes[..size].CopyTo(copy.AsSpan(place));
        return (copy, $"a number of {size} bytes at {place}");
    }

    private static ulong Value(ulong old, int length, System.Random random) => random.Next(14) switch
    {
        0 => 0,
        1 => 1,
        2 => ulong.MaxValue,
        3 => (ulong)length,
        4 => (ulong)length - 1,
        5 => long.MaxValue,
        6 => int.MaxValue,
        7 => uint.MaxValue,
        8 => unchecked(old + 1),
        9 => unchecked(old - 1),
        10 => unchecked(old * 2),
        11 => (ulong)random.Next(length) & ~7UL,
        12 => (ulong)random.Next(length),
        _ => (ulong)random.NextInt64(),
    };

    private static (byte[] File, string Story) Repeat(byte[] file, System.Random random)
    {
        var from = random.Next(file.Length);
        var length = Math.Min(file.Length - from, 1 << random.Next(14));
        var to = random.Next(file.Length);
        return random.Next(2) == 0
            ? ([.. file[..to], .. file[from..(from + length)], .. file[to..]], "a range twice")
            : (Over(file, from, length, to), "a range over another");
    }

    private static byte[] Over(byte[] file, int from, int length, int to)
    {
        var copy = file.ToArray();
        file.AsSpan(from, Math.Min(length, copy.Length - to)).CopyTo(copy.AsSpan(to));
        return copy;
    }

    private static (byte[] File, string Story) Remove(byte[] file, System.Random random)
    {
        var from = random.Next(file.Length);
        var length = Math.Min(file.Length - from, 1 << random.Next(14));
        if (random.Next(2) == 0)
            return ([.. file[..from], .. file[(from + length)..]], "a range removed");
        var copy = file.ToArray();
        copy.AsSpan(from, length).Fill(random.Next(2) == 0 ? (byte)0 : (byte)0xFF);
        return (copy, "a range wiped");
    }
}
