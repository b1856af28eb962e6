using System.IO.Compression;

namespace Siaga.Tests.Keras.Fuzz;

/// <summary>Mutations of a <c>.keras</c> archive: its headers, its entries and their contents.</summary>
internal static class ArchiveMutations
{
    private static readonly string[] s_names =
        ["config.json", "metadata.json", "model.weights.h5", "../config.json", " ", "config.json/", "model.weights.h5 "];

    public static (byte[] File, string Story) Of(byte[] file, System.Random random)
    {
        var kind = random.Next(10);
        if (kind < 2)
            return ByteMutations.Of(file, random);
        return kind < 4 ? AtHeader(file, random) : Packed(file, random);
    }

    private static (byte[] File, string Story) AtHeader(byte[] file, System.Random random)
    {
        var places = new List<int>();
        for (var at = 0; at + 4 < file.Length; at++)
        {
            if (file[at] == 'P' && file[at + 1] == 'K' && file[at + 2] is 1 or 3 or 5 or 6 or 7)
                places.Add(at);
        }

        var place = places[random.Next(places.Count)];
        var length = Math.Min(64, file.Length - place);
        var (copy, story) = random.Next(3) switch
        {
            0 => ByteMutations.Flip(file, random, place, length),
            1 => ByteMutations.Overwrite(file, random, place, length),
            _ => ByteMutations.Field(file, random, place, length),
        };
        return (copy, $"{story} of a zip header");
    }

    private static (byte[] File, string Story) Packed(byte[] file, System.Random random)
    {
        var entries = Unpack(file);
        string story;
        var chosen = random.Next(10) switch
        {
            < 6 => "config.json",
            < 9 => "model.weights.h5",
            _ => "metadata.json",
        };
        var at = entries.FindIndex(e => e.Name == chosen);
        if (chosen == "model.weights.h5")
        {
            (var bytes, story) = Hdf5Mutations.Of(entries[at].Bytes, random);
            entries[at] = (chosen, bytes);
        }
        else
        {
            (var bytes, story) = JsonMutations.Of(entries[at].Bytes, random);
            entries[at] = (chosen, bytes);
        }

        story = $"{chosen}: {story}";
        if (random.Next(20) == 0)
            (entries, story) = Entries(entries, random, story);
        return (Pack(entries, random.Next(2) == 0 ? CompressionLevel.Optimal : CompressionLevel.NoCompression), story);
    }

    private static (List<(string Name, byte[] Bytes)> Entries, string Story) Entries(
        List<(string Name, byte[] Bytes)> entries, System.Random random, string story)
    {
        var at = random.Next(entries.Count);
        switch (random.Next(4))
        {
            case 0:
                entries.RemoveAt(at);
                return (entries, $"{story}, an entry removed");
            case 1:
                entries.Add(entries[at]);
                return (entries, $"{story}, an entry twice");
            case 2:
                entries[at] = (s_names[random.Next(s_names.Length)], entries[at].Bytes);
                return (entries, $"{story}, an entry renamed");
            default:
                entries[at] = (entries[at].Name, new byte[1 << random.Next(27)]);
                return (entries, $"{story}, an entry of zeros");
        }
    }

    private static List<(string Name, byte[] Bytes)> Unpack(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var entries = new List<(string, byte[])>();
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            entries.Add((entry.FullName, bytes.ToArray()));
        }

        return entries;
    }

    private static byte[] Pack(List<(string Name, byte[] Bytes)> entries, CompressionLevel level)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var stream = zip.CreateEntry(name, level).Open();
                stream.Write(bytes);
            }
        }

        return file.ToArray();
    }
}
