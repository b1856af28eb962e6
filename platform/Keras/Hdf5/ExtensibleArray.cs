using System.Numerics;

namespace Siaga.Keras.Hdf5;

/// <summary>
/// The chunk index of a dataset that is unlimited in one dimension. The first entries are in the index block. The data blocks after them
/// grow in "super blocks": number u has 2^(u/2) data blocks with 2^((u+1)/2) times the minimum number of entries each.
/// </summary>
internal sealed class ExtensibleArray : IChunkIndex
{
    private const string What = "an array of chunks";
    private const int HeaderSize = 72;
    private const int BlockPrefix = 14;

    private readonly Storage _storage;
    private readonly ChunkGrid _grid;
    private readonly Dictionary<ulong, byte[]> _blocks = [];
    private readonly ulong _address;
    private readonly int _entrySize;
    private readonly int _offsetSize;
    private readonly ulong _inIndex;
    private readonly ulong _leastEntries;
    private readonly int _supersInIndex;
    private readonly int _dataInIndex;
    private readonly int _supers;
    private readonly ulong _pageEntries;
    private readonly byte[]? _index;

    public ExtensibleArray(Storage storage, ulong address, ChunkGrid grid)
    {
        (_storage, _grid, _address) = (storage, grid, address);
        var bytes = storage.Read(address, HeaderSize, What);
        Checksum.Check(bytes, What);
        var at = new Cursor(bytes, What);
        at.Expect("EAHD"u8, 0);
        var filtered = at.U8() == 1;
        _entrySize = at.U8();
        var mostBits = at.U8();
        (_inIndex, _leastEntries) = (at.U8(), at.U8());
        var leastPointers = at.U8();
        var pageBits = at.U8();
        at.Skip(6 * 8);
        var index = at.U64();
        if (filtered != grid.Filtered || (filtered ? _entrySize is < 13 or > 20 : _entrySize != 8) || mostBits is 0 or > 64 || pageBits > 30
            || !BitOperations.IsPow2(_leastEntries)
            || !BitOperations.IsPow2((uint)leastPointers)
            || BitOperations.Log2(_leastEntries) >= mostBits)
            throw Hdf5Exception.Damaged($"{What} has impossible sizes");
        _offsetSize = (mostBits + 7) / 8;
        _pageEntries = 1UL << pageBits;
        _supers = 1 + mostBits - BitOperations.Log2(_leastEntries);
        _supersInIndex = 2 * BitOperations.Log2((uint)leastPointers);
        _dataInIndex = 2 * (leastPointers - 1);
        if (index == Storage.Nowhere)
            return;
        var blocks = _dataInIndex + Math.Max(0, _supers - _supersInIndex);
        _index = storage.Read(index, (ulong)(BlockPrefix + ((int)_inIndex * _entrySize) + (8 * blocks) + 4), What);
        Checksum.Check(_index, What);
        new Cursor(_index, What).Expect("EAIB"u8, 0);
    }

    public Chunk? Find(ReadOnlySpan<int> place)
    {
        var number = _grid.Number(place);
        if (_index is null)
            return null;
        if (number < _inIndex)
            return ChunkIndexes.Entry(_index.AsSpan(BlockPrefix + ((int)number * _entrySize), _entrySize), _grid);
        number -= _inIndex;
        // Super blocks hold 1, 2, 4… times the minimum number of entries: the first u of them 2^u - 1 times in total.
        var super = BitOperations.Log2((number / _leastEntries) + 1);
        if (super >= _supers)
            throw Hdf5Exception.Damaged($"{What} is too short");
        var within = number - (((1UL << super) - 1) * _leastEntries);
        var entries = _leastEntries << ((super + 1) / 2);
        var (block, entry) = (within / entries, within % entries);
        if (super >= _supersInIndex)
            return InSuper(super, block, entry, entries);
        // The super blocks before it have 1, 1, 2, 2, 4, 4… data blocks.
        var before = super % 2 == 0 ? 2 * ((1UL << (super / 2)) - 1) : (3UL << (super / 2)) - 2;
        var address = BitConverter.ToUInt64(_index.AsSpan(BlockPrefix + ((int)_inIndex * _entrySize) + (8 * (int)(before + block))));
        return entries > _pageEntries ? throw Hdf5Exception.NotRead("an unusual array of chunks") : Plain(address, entry, entries);
    }

    private Chunk? InSuper(int super, ulong block, ulong entry, ulong entries)
    {
        var slot = BlockPrefix + ((int)_inIndex * _entrySize) + (8 * (_dataInIndex + super - _supersInIndex));
        var address = BitConverter.ToUInt64(_index.AsSpan(slot));
        if (address == Storage.Nowhere)
            return null;
        var blocks = 1UL << (super / 2);
        var pages = entries > _pageEntries ? entries / _pageEntries : 0;
        var bitmap = (pages + 7) / 8;
        if (blocks > (ulong)_storage.Length || bitmap > (ulong)_storage.Length)
            throw Hdf5Exception.Damaged($"{What} would lie beyond its end");
        var prefix = (ulong)(BlockPrefix + _offsetSize);
        var bytes = Block(address, prefix + (blocks * (bitmap + 8)) + 4, "EASB"u8);
        var data = BitConverter.ToUInt64(bytes.AsSpan((int)(prefix + (blocks * bitmap) + (8 * block))));
        if (data == Storage.Nowhere)
            return null;
        if (pages == 0)
            return Plain(data, entry, entries);
        var page = entry / _pageEntries;
        if ((bytes[(int)(prefix + (block * bitmap) + (page / 8))] & (0x80 >> (int)(page % 8))) == 0)
            return null;
        Block(data, prefix + 4, "EADB"u8);
        var size = (_pageEntries * (ulong)_entrySize) + 4;
        var entriesOf = Block(data + prefix + 4 + (page * size), size, []);
        return ChunkIndexes.Entry(entriesOf.AsSpan((int)(entry % _pageEntries) * _entrySize, _entrySize), _grid);
    }

    private Chunk? Plain(ulong address, ulong entry, ulong entries)
    {
        if (address == Storage.Nowhere)
            return null;
        var prefix = BlockPrefix + _offsetSize;
        var bytes = Block(address, (ulong)prefix + (entries * (ulong)_entrySize) + 4, "EADB"u8);
        return ChunkIndexes.Entry(bytes.AsSpan(prefix + ((int)entry * _entrySize), _entrySize), _grid);
    }

    private byte[] Block(ulong address, ulong size, ReadOnlySpan<byte> magic)
    {
        if (_blocks.TryGetValue(address, out var known) && (ulong)known.Length == size)
            return known;
        var bytes = _storage.Read(address, size, What);
        Checksum.Check(bytes, What);
        var at = new Cursor(bytes, What);
        if (magic.Length > 0)
        {
            at.Expect(magic, 0);
            at.Skip(1);
            if (at.U64() != _address)
                throw Hdf5Exception.Damaged($"{What} has a block that is not its own");
        }

        return _blocks[address] = bytes;
    }
}
