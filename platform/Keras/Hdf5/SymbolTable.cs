using System.Text;

namespace Siaga.Keras.Hdf5;

/// <summary>Reads the links of an old-style group: a B-tree of nodes, and a heap with the names.</summary>
internal static class SymbolTable
{
    private const string What = "a group's node";
    private const int EntrySize = 40;

    public static IEnumerable<(string Name, ulong Address)> Links(Storage storage, ReadOnlyMemory<byte> message)
    {
        var at = new Cursor(message.Span, "a group's message");
        var (tree, heap) = (at.U64(), at.U64());
        return Links(storage, tree, Names(storage, heap));
    }

    private static IEnumerable<(string Name, ulong Address)> Links(Storage storage, ulong tree, byte[] names)
    {
        var seen = new HashSet<ulong>();
        foreach (var (_, child) in BTree1.Leaves(storage, tree, 0, 8))
        {
            if (!seen.Add(child))
                throw Hdf5Exception.Damaged("a group contains itself");
            foreach (var link in Node(storage, child, names))
                yield return link;
        }
    }

    private static List<(string Name, ulong Address)> Node(Storage storage, ulong address, byte[] names)
    {
        var at = new Cursor(storage.Read(address, 8, What), What);
        at.Expect("SNOD"u8, 1);
        at.Skip(1);
        var count = at.U16();
        at = new Cursor(storage.Read(address + 8, (ulong)(count * EntrySize), What), What);
        var links = new List<(string, ulong)>(count);
        for (var i = 0; i < count; i++)
        {
            var (name, target) = (at.U64(), at.U64());
            at.Skip(24);
            links.Add((Name(storage, names, name), target));
        }

        return links;
    }

    private static string Name(Storage storage, byte[] names, ulong offset)
    {
        if (offset >= (ulong)names.Length)
            throw Hdf5Exception.Damaged("a group's name is not where it should be");
        var text = names.AsSpan((int)offset);
        var end = text.IndexOf((byte)0);
        text = end < 0 ? text : text[..end];
        storage.Charge(text.Length);
        return Encoding.UTF8.GetString(text);
    }

    private static byte[] Names(Storage storage, ulong heap)
    {
        const string what = "a group's heap of names";
        var at = new Cursor(storage.Read(heap, 32, what), what);
        at.Expect("HEAP"u8, 0);
        at.Skip(3);
        var size = at.U64();
        at.Skip(8);
        return storage.Read(at.U64(), size, what);
    }
}
