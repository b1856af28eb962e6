using System.Buffers.Binary;
using System.Text;
using Siaga.Keras.Hdf5;

namespace Siaga.Tests.Keras.Fuzz;

/// <summary>Mutations of the sensitive parts of an HDF5 file.</summary>
internal static class Hdf5Mutations
{
    private static readonly string[] s_signatures =
    [
        "TREE", "SNOD", "HEAP", "GCOL", "OHDR", "OCHK", "BTHD", "BTIN", "BTLF", "FRHP", "FHIB", "FHDB", "FAHD", "FADB", "EAHD", "EAIB",
        "EADB", "EASB", "\x89HDF",
    ];

    public static (byte[] File, string Story) Of(byte[] file, System.Random random)
    {
        if (random.Next(5) < 2 && WithConfig(file, random) is { } changed)
            return changed;
        var count = random.Next(4) == 0 ? 2 : 1;
        var (copy, stories) = (file, new List<string>());
        for (var i = 0; i < count && copy.Length > 64; i++)
        {
            (copy, var story) = random.Next(2) == 0 ? ByteMutations.Of(copy, random) : AtStructure(copy, random);
            stories.Add(story);
        }

        // Newer structures have checksums; without a valid one the reader would stop there.
        if (copy.Length == file.Length && random.Next(8) > 0)
            Sign(file, copy);
        return (copy, string.Join(", ", stories));
    }

    private static (byte[] File, string Story) AtStructure(byte[] file, System.Random random)
    {
        var places = Places(file);
        if (places.Count == 0)
            return ByteMutations.Of(file, random);
        var (at, signature) = places[random.Next(places.Count)];
        // Old object headers have no signature; a symbol table node contains addresses of some.
        if (signature == "SNOD" && random.Next(3) > 0 && at + 64 < file.Length)
        {
            var target = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(
                at + 16 + (40 * random.Next(1 + (file[at + 6] % 4))) is var entry && entry + 8 < file.Length ? entry : at + 16));
            if (target < (ulong)file.Length - 256)
                (at, signature) = ((int)target, "a header");
        }

        var length = Math.Min(file.Length - at, 32 << random.Next(4));
        var (copy, story) = random.Next(3) switch
        {
            0 => ByteMutations.Flip(file, random, at, length),
            1 => ByteMutations.Overwrite(file, random, at, length),
            _ => ByteMutations.Field(file, random, at, length),
        };
        return (copy, $"{story} of {signature.TrimStart('\x89')}");
    }

    private static List<(int At, string Signature)> Places(byte[] file)
    {
        var places = new List<(int, string)>();
        foreach (var signature in s_signatures)
        {
            var bytes = Encoding.Latin1.GetBytes(signature);
            for (var at = file.AsSpan().IndexOf(bytes); at >= 0 && places.Count < 500;)
            {
                places.Add((at, signature));
                var next = file.AsSpan(at + 1).IndexOf(bytes);
                at = next < 0 ? -1 : at + 1 + next;
            }
        }

        return places;
    }

    /// <summary>Finds the checksums that were valid before the mutation, and makes them valid again.</summary>
    private static void Sign(byte[] before, byte[] after)
    {
        foreach (var (at, signature) in Places(before)
            .Where(p => p.Signature is not ("TREE" or "SNOD" or "HEAP" or "GCOL"))
            .OrderByDescending(p => p.At))
        {
            var most = Math.Min(before.Length - at - 4, 1024);
            for (var length = 12; length < most; length++)
            {
                if (Checksum.Lookup3(before.AsSpan(at, length)) != BinaryPrimitives.ReadUInt32LittleEndian(before.AsSpan(at + length)))
                    continue;
                BinaryPrimitives.WriteUInt32LittleEndian(after.AsSpan(at + length), Checksum.Lookup3(after.AsSpan(at, length)));
                break;
            }
        }
    }

    /// <summary>Appends a mutated configuration to the file, and redirects the attribute's reference to it.</summary>
    private static (byte[] File, string Story)? WithConfig(byte[] file, System.Random random)
    {
        var (at, length) = ConfigIn(file);
        if (at < 0)
            return null;
        var reference = Reference(file, length);
        if (reference < 0)
            return null;
        var (text, story) = JsonMutations.Of(file.AsSpan(at, length).ToArray(), random);
        var start = (file.Length + 7) / 8 * 8;
        var padded = (text.Length + 7) / 8 * 8;
        var copy = new byte[start + 16 + 16 + padded + 16];
        file.CopyTo(copy, 0);
        "GCOL\u0001"u8.CopyTo(copy.AsSpan(start));
        BinaryPrimitives.WriteInt64LittleEndian(copy.AsSpan(start + 8), copy.Length - start);
        copy[start + 16] = 1;
        copy[start + 18] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(copy.AsSpan(start + 24), text.Length);
        text.CopyTo(copy, start + 32);
        BinaryPrimitives.WriteInt64LittleEndian(copy.AsSpan(start + 32 + padded + 8), 16);
        BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(reference), text.Length);
        BinaryPrimitives.WriteInt64LittleEndian(copy.AsSpan(reference + 4), start);
        BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(reference + 12), 1);
        Sign(file, copy);
        return (copy, $"configuration: {story}");
    }

    private static (int At, int Length) ConfigIn(byte[] file)
    {
        foreach (var start in (string[])["{\"class_name\"", "{\"module\""])
        {
            var at = file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(start));
            if (at > 8)
                return (at, (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at - 8)), (ulong)(file.Length - at)));
        }

        return (-1, 0);
    }

    /// <summary>Finds the length and address of a variable-length string of this length.</summary>
    private static int Reference(byte[] file, int length)
    {
        for (var at = 0; at + 16 <= file.Length; at++)
        {
            var target = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at + 4));
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) == length
                && target < (ulong)file.Length - 8
                && file.AsSpan((int)target).StartsWith("GCOL"u8))
                return at;
        }

        return -1;
    }
}
