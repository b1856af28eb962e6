namespace Siaga.Keras.Hdf5;

/// <summary>The chunk index of a dataset without unlimited dimensions.</summary>
internal sealed class FixedArray : IChunkIndex
{
    private const string What = "an array of chunks";
    private const int HeaderSize = 28;
    private const int BlockPrefix = 14;

    private readonly Storage _storage;
    private readonly ChunkGrid _grid;
    private readonly int _entrySize;
    private readonly ulong _count;
    private readonly ulong _pageEntries;
    private readonly ulong _block;
    private readonly byte[] _prefix = [];
    private readonly Dictionary<ulong, byte[]> _pages = [];

    public FixedArray(Storage storage, ulong address, ChunkGrid grid)
    {
        (_storage, _grid) = (storage, grid);
        var bytes = storage.Read(address, HeaderSize, What);
        Checksum.Check(bytes, What);
        var at = new Cursor(bytes, What);
        at.Expect("FAHD"u8, 0);
        var filtered = at.U8() == 1;
        _entrySize = at.U8();
        var bits = at.U8();
        _count = at.U64();
        _block = at.U64();
        if (filtered != grid.Filtered || (filtered ? _entrySize is < 13 or > 20 : _entrySize != 8) || bits > 30)
            throw Hdf5Exception.Damaged($"{What} has impossible entries");
        _pageEntries = 1UL << bits;
        if (_block == Storage.Nowhere)
            return;
        // Every entry is stored, written or not, so the file's length limits their number.
        if (_count > (ulong)storage.Length / 8)
            throw Hdf5Exception.Damaged($"{What} would lie beyond its end");
        _prefix = storage.Read(_block, BlockPrefix + (Paged ? (Pages + 7) / 8 : _count * (ulong)_entrySize) + 4, What);
        Checksum.Check(_prefix, What);
        at = new Cursor(_prefix, What);
        at.Expect("FADB"u8, 0);
    }

    private bool Paged => _count > _pageEntries;

    private ulong Pages => (_count + _pageEntries - 1) / _pageEntries;

    public Chunk? Find(ReadOnlySpan<int> place)
    {
        var number = _grid.Number(place);
        if (number >= _count)
            throw Hdf5Exception.Damaged($"{What} is too short");
        if (_block == Storage.Nowhere)
            return null;
        if (!Paged)
            return ChunkIndexes.Entry(_prefix.AsSpan(BlockPrefix + ((int)number * _entrySize), _entrySize), _grid);
        var page = number / _pageEntries;
        var written = (_prefix[BlockPrefix + (int)(page / 8)] & (0x80 >> (int)(page % 8))) != 0;
        return written ? ChunkIndexes.Entry(Page(page).AsSpan((int)(number % _pageEntries) * _entrySize, _entrySize), _grid) : null;
    }

    private byte[] Page(ulong page)
    {
        if (_pages.TryGetValue(page, out var known))
            return known;
        var full = (_pageEntries * (ulong)_entrySize) + 4;
        var entries = Math.Min(_pageEntries, _count - (page * _pageEntries));
        var bytes = _storage.Read(_block + (ulong)_prefix.Length + (page * full), (entries * (ulong)_entrySize) + 4, What);
        Checksum.Check(bytes, What);
        return _pages[page] = bytes;
    }
}
