namespace Siaga.Keras.Hdf5;

/// <summary>Walks a version 1 B-tree, of groups (type 0) or chunks (type 1), without recursion. Visits no node twice.</summary>
internal static class BTree1
{
    private const string What = "a B-tree's node";
    private const int HeaderSize = 24;

    private static ReadOnlySpan<byte> Magic => "TREE"u8;

    /// <summary>The entries of the leaves: the key before each child, and the child's address.</summary>
    /// <param name="keySize">Bytes.</param>
    public static IEnumerable<(ReadOnlyMemory<byte> Key, ulong Child)> Leaves(Storage storage, ulong root, int type, int keySize)
    {
        var seen = new HashSet<ulong>();
        var open = new Stack<(ulong Address, int? Level)>([(root, null)]);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next.Address))
                throw Hdf5Exception.Damaged("a B-tree contains itself");
            var (level, children) = Node(storage, next.Address, type, keySize);
            if (next.Level is { } expected && level != expected)
                throw Hdf5Exception.Damaged("a B-tree's levels do not fit");
            foreach (var child in children)
            {
                if (level == 0)
                    yield return child;
                else
                    open.Push((child.Child, level - 1));
            }
        }
    }

    private static (int Level, List<(ReadOnlyMemory<byte> Key, ulong Child)> Children) Node(
        Storage storage, ulong address, int type, int keySize)
    {
        var at = new Cursor(storage.Read(address, HeaderSize, What), What);
        at.Expect(Magic, type);
        var (level, used) = (at.U8(), at.U16());
        var body = storage.Read(address + HeaderSize, (ulong)(used * (keySize + 8)), What).AsMemory();
        var children = new List<(ReadOnlyMemory<byte>, ulong)>(used);
        for (var i = 0; i < used; i++)
        {
            var entry = body.Slice(i * (keySize + 8), keySize + 8);
            children.Add((entry[..keySize], BitConverter.ToUInt64(entry.Span[keySize..])));
        }

        return (level, children);
    }
}
