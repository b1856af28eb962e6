using System.Numerics;

namespace Siaga.Keras.Hdf5;

/// <summary>Walks a version 2 B-tree, of links, attributes, huge objects or chunks, without recursion. Visits no node twice.</summary>
internal static class BTree2
{
    private const string What = "a B-tree";
    private const int HeaderSize = 38;
    private const int NodePrefix = 6;
    private const int NodeOverhead = NodePrefix + 4;
    private const int MaxDepth = 32;

    private static ReadOnlySpan<byte> HeaderMagic => "BTHD"u8;

    private static ReadOnlySpan<byte> InnerMagic => "BTIN"u8;

    private static ReadOnlySpan<byte> LeafMagic => "BTLF"u8;

    /// <param name="type">The record type, as numbered by the specification.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Records(Storage storage, ulong address, int type)
    {
        var tree = Tree.Read(storage, address, type);
        if (tree.Root == Storage.Nowhere)
            yield break;
        var seen = new HashSet<ulong>();
        var open = new Stack<(ulong Address, int Records, int Depth)>([(tree.Root, tree.RootRecords, tree.Depth)]);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next.Address))
                throw Hdf5Exception.Damaged($"{What} contains itself");
            var node = tree.Node(storage, next.Address, next.Records, next.Depth);
            for (var i = 0; i < next.Records; i++)
                yield return node.AsMemory(NodePrefix + (i * tree.RecordSize), tree.RecordSize);
            if (next.Depth > 0)
            {
                foreach (var child in tree.Children(node, next.Records, next.Depth))
                    open.Push(child);
            }
        }
    }

    /// <summary>How many bytes a number up to <paramref name="limit"/> needs.</summary>
    private static int SizeOf(ulong limit) => (BitOperations.Log2(Math.Max(limit, 1)) / 8) + 1;

    /// <param name="CountSize">Bytes of the field with a child's number of records.</param>
    /// <param name="TotalSizes">By depth: bytes of the field with the total number of records below a node.</param>
    private sealed record Tree(
        int Type, int NodeSize, int RecordSize, int Depth, ulong Root, int RootRecords, int CountSize, IReadOnlyList<int> TotalSizes)
    {
        public static Tree Read(Storage storage, ulong address, int type)
        {
            var bytes = storage.Read(address, HeaderSize, What);
            Checksum.Check(bytes, What);
            var at = new Cursor(bytes, What);
            at.Expect(HeaderMagic, 0);
            if (at.U8() != type)
                throw Hdf5Exception.Damaged($"{What} is of another kind");
            var (nodeSize, recordSize, depth) = (at.U32(), at.U16(), at.U16());
            at.Skip(2);
            var (root, rootRecords) = (at.U64(), at.U16());
            if (recordSize == 0 || nodeSize < NodeOverhead + recordSize || nodeSize > (1 << 24) || depth > MaxDepth)
                throw Hdf5Exception.Damaged($"{What} has impossible sizes");
            var most = (nodeSize - NodeOverhead) / recordSize;
            var countSize = SizeOf(most);
            var totals = new List<int> { 0 };
            var below = (UInt128)most;
            for (var level = 1; level <= depth; level++)
            {
                var pointer = 8u + (uint)countSize + (uint)totals[level - 1];
                if (nodeSize < NodeOverhead + pointer)
                    throw Hdf5Exception.Damaged($"{What} has impossible sizes");
                var here = (nodeSize - NodeOverhead - pointer) / (recordSize + pointer);
                below = UInt128.Min(((UInt128)(here + 1) * below) + here, ulong.MaxValue);
                totals.Add(SizeOf((ulong)below));
            }

            return new Tree(type, (int)nodeSize, recordSize, depth, root, rootRecords, countSize, totals);
        }

        public byte[] Node(Storage storage, ulong address, int records, int depth)
        {
            var pointers = depth == 0 ? 0 : (records + 1) * (8 + CountSize + TotalSizes[depth - 1]);
            var bytes = storage.Read(address, (ulong)(NodeOverhead + (records * RecordSize) + pointers), What);
            Checksum.Check(bytes, What);
            var at = new Cursor(bytes, What);
            at.Expect(depth == 0 ? LeafMagic : InnerMagic, 0);
            return at.U8() == Type ? bytes : throw Hdf5Exception.Damaged($"{What} is of another kind");
        }

        public List<(ulong Address, int Records, int Depth)> Children(byte[] node, int records, int depth)
        {
            var at = new Cursor(node.AsSpan(NodePrefix + (records * RecordSize)), What);
            var children = new List<(ulong, int, int)>();
            for (var i = 0; i <= records; i++)
            {
                children.Add((at.U64(), (int)at.Unsigned(CountSize), depth - 1));
                at.Skip(TotalSizes[depth - 1]);
            }

            return children;
        }
    }
}
