using System.IO.Compression;

namespace Siaga.Keras.Hdf5;

/// <summary>The filter pipeline of a dataset, in the order in which it was applied on writing.</summary>
internal sealed class Filters
{
    private const string What = "a list of filters";
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Fletcher32 = 3;
    private const int MaxFilters = 32;

    /// <summary>The highest compression ratio that deflate can reach.</summary>
    private const ulong MaxDeflateRatio = 1032;

    private readonly List<(int Id, int Value)> _steps = [];

    public static Filters None { get; } = new();

    public bool Any => _steps.Count > 0;

    public static Filters Read(ReadOnlySpan<byte> body)
    {
        var at = new Cursor(body, What);
        var (version, count) = (at.U8(), at.U8());
        if (version is not (1 or 2) || count > MaxFilters)
            throw Hdf5Exception.Damaged($"{What} has the version {version} and {count} of them");
        at.Skip(version == 1 ? 6 : 0);
        var filters = new Filters();
        for (var i = 0; i < count; i++)
        {
            var id = at.U16();
            var nameSize = version == 1 || id >= 256 ? at.U16() : 0;
            at.Skip(2);
            var values = at.U16();
            at.Skip(version == 1 ? (nameSize + 7) / 8 * 8 : nameSize);
            var first = values > 0 ? (int)(at.U32() & int.MaxValue) : 0;
            at.Skip((4 * Math.Max(0, values - 1)) + (version == 1 && values % 2 == 1 ? 4 : 0));
            filters._steps.Add(id is Deflate or Shuffle or Fletcher32 ? (id, first) : throw Hdf5Exception.NotRead(NameOf(id)));
        }

        return filters;
    }

    /// <summary>Whether a stored chunk of this length can unpack to this size.</summary>
    public bool Believes(ulong stored, ulong size, uint skipped)
    {
        var on = _steps.Where((_, i) => (skipped & (1u << i)) == 0).Select(s => s.Id).ToList();
        return on.Contains(Deflate) ? size <= stored * MaxDeflateRatio : stored == size + (4 * (ulong)on.Count(s => s == Fletcher32));
    }

    /// <param name="skipped">Bit mask of the filters that were not applied to this chunk.</param>
    /// <param name="size">Bytes of a whole chunk.</param>
    public byte[] Undo(byte[] bytes, uint skipped, int size)
    {
        for (var i = _steps.Count - 1; i >= 0; i--)
        {
            if ((skipped & (1u << i)) != 0)
                continue;
            bytes = _steps[i].Id switch
            {
                Deflate => Inflate(bytes, size + (4 * _steps.Count)),
                Shuffle => Unshuffle(bytes, _steps[i].Value),
                _ => Checked(bytes),
            };
        }

        return bytes.Length >= size ? bytes : throw Hdf5Exception.Damaged("a chunk is shorter than it should be");
    }

    private static byte[] Inflate(byte[] packed, int most)
    {
        var bytes = new byte[most];
        using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        try
        {
            var read = stream.ReadAtLeast(bytes, most, throwOnEndOfStream: false);
            return read == most ? bytes : bytes[..read];
        }
        catch (InvalidDataException)
        {
            throw Hdf5Exception.Damaged("a compressed chunk cannot be unpacked");
        }
    }

    private static byte[] Unshuffle(byte[] mixed, int elementSize)
    {
        if (elementSize <= 1 || mixed.Length < elementSize)
            return mixed;
        var count = mixed.Length / elementSize;
        var bytes = new byte[mixed.Length];
        for (var b = 0; b < elementSize; b++)
        {
            for (var i = 0; i < count; i++)
                bytes[(i * elementSize) + b] = mixed[(b * count) + i];
        }

        mixed.AsSpan(count * elementSize).CopyTo(bytes.AsSpan(count * elementSize));
        return bytes;
    }

    private static byte[] Checked(byte[] bytes)
    {
        if (bytes.Length < 4 || Checksum.Fletcher32(bytes.AsSpan(..^4)) != BitConverter.ToUInt32(bytes.AsSpan(^4..)))
            throw Hdf5Exception.Damaged("a chunk does not match its checksum");
        return bytes[..^4];
    }

    private static string NameOf(int id) => id switch
    {
        4 => "the filter szip",
        5 => "the filter n-bit",
        6 => "the filter scale-offset",
        32000 => "the filter lzf",
        32001 => "the filter blosc",
        32004 => "the filter lz4",
        32008 => "the filter bitshuffle",
        32015 => "the filter zstandard",
        _ => $"the filter {id}",
    };
}
