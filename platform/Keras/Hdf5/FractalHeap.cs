using System.Numerics;

namespace Siaga.Keras.Hdf5;

/// <summary>The heap for groups with many links and objects with many attributes.</summary>
internal sealed class FractalHeap
{
    private const string What = "a heap";
    private const int HeaderSize = 142;
    private const int MaxLevels = 64;
    private const ulong MaxBlock = 1UL << 28;

    private readonly Storage _storage;
    private readonly ulong _address;
    private readonly Dictionary<ulong, byte[]> _blocks = [];
    private readonly bool _checked;
    private readonly uint _mostManaged;
    private readonly ulong _hugeTree;
    private readonly ulong _width;
    private readonly ulong _startSize;
    private readonly ulong _mostDirect;
    private readonly int _offsetSize;
    private readonly ulong _root;
    private readonly int _rootRows;

    public FractalHeap(Storage storage, ulong address)
    {
        (_storage, _address) = (storage, address);
        var bytes = storage.Read(address, HeaderSize + 4, What);
        var at = new Cursor(bytes, What);
        at.Expect("FRHP"u8, 0);
        at.Skip(2);
        if (at.U16() != 0)
            throw Hdf5Exception.NotRead("a compressed heap of links or attributes");
        Checksum.Check(bytes, What);
        _checked = (at.U8() & 2) != 0;
        _mostManaged = at.U32();
        at.Skip(8);
        _hugeTree = at.U64();
        at.Skip(8 + 8 + 8 + 8 + 8 + 8 + 8 + 8 + 8 + 8);
        (_width, _startSize, _mostDirect) = (at.U16(), at.U64(), at.U64());
        var bits = at.U16();
        _offsetSize = (bits + 7) / 8;
        at.Skip(2);
        (_root, _rootRows) = (at.U64(), at.U16());
        if (!BitOperations.IsPow2(_width) || !BitOperations.IsPow2(_startSize) || !BitOperations.IsPow2(_mostDirect)
            || _mostDirect < _startSize || _mostDirect > MaxBlock || _offsetSize is 0 or > 8)
            throw Hdf5Exception.Damaged($"{What} has impossible sizes");
    }

    /// <param name="id">The heap id in a link's or attribute's record.</param>
    public ReadOnlyMemory<byte> Object(ReadOnlySpan<byte> id)
    {
        var at = new Cursor(id, "a heap's id");
        var kind = at.U8();
        return (kind >> 4) switch
        {
            0 => Managed(at.Unsigned(_offsetSize), at.Unsigned(Math.Min(LengthSize(_mostDirect - 1), LengthSize(_mostManaged)))),
            1 => Huge(at.Unsigned(Math.Min(8, at.Left))),
            2 => at.Take((ulong)(kind & 15) + 1).ToArray(),
            _ => throw Hdf5Exception.Damaged($"{What} has an object of an unknown kind"),
        };
    }

    private static int LengthSize(ulong most) => (BitOperations.Log2(Math.Max(most, 1)) / 8) + 1;

    private ReadOnlyMemory<byte> Managed(ulong offset, ulong length)
    {
        var (block, size, rows, start) = (_root, _startSize, _rootRows, 0UL);
        for (var level = 0; rows > 0; level++)
        {
            if (level > MaxLevels)
                throw Hdf5Exception.Damaged($"{What} has no end");
            (block, size, rows, start) = Step(block, rows, start, offset);
        }

        if (offset < start || offset - start >= size || length > size - (offset - start))
            throw Hdf5Exception.Damaged($"{What} has an object that crosses its blocks");
        return Direct(block, size).AsMemory((int)(offset - start), (int)length);
    }

    /// <summary>
    /// Descends from an indirect block to the child block that contains the offset; 0 rows means a direct block, which holds objects.
    /// </summary>
    private (ulong Block, ulong Size, int Rows, ulong Start) Step(ulong block, int rows, ulong start, ulong offset)
    {
        var rowSize = _width * _startSize;
        var within = offset - start;
        var row = within < rowSize ? 0 : BitOperations.Log2(within / rowSize) + 1;
        if (offset < start || row >= rows)
            throw Hdf5Exception.Damaged($"{What} has no such object");
        var size = row == 0 ? _startSize : _startSize << (row - 1);
        var rowStart = row == 0 ? 0 : rowSize << (row - 1);
        var column = (within - rowStart) / size;
        // Without filters every entry is an address of 8 bytes; those of direct blocks come first.
        var entry = ((ulong)row * _width) + column;
        var header = _storage.Read(block, (ulong)(5 + 8 + _offsetSize), What);
        var at = new Cursor(header, What);
        at.Expect("FHIB"u8, 0);
        if (at.U64() != _address || at.Unsigned(_offsetSize) != start)
            throw Hdf5Exception.Damaged($"{What} has a block that is not its own");
        var child = BitConverter.ToUInt64(_storage.Read(block + (ulong)header.Length + (8 * entry), 8, What));
        var childRows = size <= _mostDirect ? 0 : BitOperations.Log2(size) - BitOperations.Log2(rowSize) + 1;
        return (child, size, childRows, start + rowStart + (column * size));
    }

    private byte[] Direct(ulong address, ulong size)
    {
        if (_blocks.TryGetValue(address, out var known) && (ulong)known.Length == size)
            return known;
        var bytes = _storage.Read(address, size, What);
        var at = new Cursor(bytes, What);
        at.Expect("FHDB"u8, 0);
        if (at.U64() != _address)
            throw Hdf5Exception.Damaged($"{What} has a block that is not its own");
        at.Skip(_offsetSize);
        if (_checked)
        {
            var place = at.At;
            var said = at.U32();
            bytes.AsSpan(place, 4).Clear();
            if (Checksum.Lookup3(bytes) != said)
                throw Hdf5Exception.Damaged($"{What} does not match its checksum");
        }

        return _blocks[address] = bytes;
    }

    /// <summary>Reads an object that is too large for the heap's blocks and is stored separately.</summary>
    private ReadOnlyMemory<byte> Huge(ulong id)
    {
        foreach (var record in BTree2.Records(_storage, _hugeTree, 1))
        {
            var at = new Cursor(record.Span, What);
            var (address, length) = (at.U64(), at.U64());
            if (at.U64() == id)
                return _storage.Read(address, length, "a large attribute");
        }

        throw Hdf5Exception.Damaged($"{What} has no such object");
    }
}
