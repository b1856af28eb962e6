using System.Buffers.Binary;
using System.Security.Cryptography;
using Siaga.Primitives;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;

namespace Siaga.Scenes;

/// <summary>
/// The binary format of a camera's state: magic, format, sizes, sums, sample, background, and SHA-256 of everything. Little-endian.
/// </summary>
public static class SceneStateFormat
{
    private const int Format = 1;
    private const int ChecksumBytes = 32;

    // A state has at most a megabyte; anything larger is rejected.
    public const int LargestBytes = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "SIAGASCN"u8;

    /// <summary>Reads a state that <see cref="SceneState.ToBytes"/> wrote.</summary>
    /// <returns>The state, or the reason why the bytes are not one.</returns>
    public static Result<SceneState> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Magic.Length + 4 + ChecksumBytes || !bytes.StartsWith(Magic))
            return Unreadable("This is not a scene's state.");
        if (bytes.Length > LargestBytes)
            return Unreadable("The file is too large to be a scene's state.");
        var content = bytes[..^ChecksumBytes];
        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        SHA256.HashData(content, checksum);
        if (!checksum.SequenceEqual(bytes[^ChecksumBytes..]))
            return Unreadable("The scene's state is damaged: its checksum does not match.");
        try
        {
            var reader = new Cursor(content[Magic.Length..]);
            var format = reader.Int32();
            return format == Format
                ? ReadContent(ref reader)
                : Unreadable($"The scene's state has format {format}; this program reads {Format}.");
        }
        catch (ArgumentOutOfRangeException)
        {
            return Unreadable("The scene's state ends too early.");
        }
    }

    internal static byte[] Write(SceneState state)
    {
        using var stream = new MemoryStream(LargestBytes);
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Format);
        writer.Write(state.Version);
        writer.Write(state.Grid.Width);
        writer.Write(state.Grid.Height);
        writer.Write(state.Newest.UtcTicks);
        writer.Write(state.Noise);
        writer.Write(state.Statistics.Frames);
        writer.Write(state.Statistics.ActiveFrames);
        writer.Write(state.Statistics.Milliseconds);
        foreach (var sums in state.Statistics.Sums)
        {
            foreach (var sum in sums)
                writer.Write7BitEncodedInt64((sum << 1) ^ (sum >> 63));
        }

        writer.Write(state.Statistics.Exemplars.Count);
        foreach (var (ticket, picture) in state.Statistics.Exemplars.Ordered())
        {
            writer.Write(ticket.Rank);
            writer.Write(ticket.Id);
            writer.Write(picture.Span);
        }

        writer.Write(state.Background);
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        return stream.ToArray();
    }

    private static Result<SceneState> ReadContent(ref Cursor reader)
    {
        var version = reader.Int32();
        var grid = new SceneGrid(reader.Int32(), reader.Int32());
        if (version < 1 || !IsPossible(grid))
            return Unreadable("The scene's state has an invalid size or version.");
        var ticks = reader.Int64();
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
            return Unreadable("The scene's state has an invalid time.");
        var noise = reader.Double();
        var statistics = new SceneStatistics(grid)
        {
            Frames = reader.Int64(), ActiveFrames = reader.Int64(), Milliseconds = reader.Int64()
        };
        if (!(noise >= 0 && noise < 256) || statistics.Frames < 0 || statistics.ActiveFrames < 0 || statistics.Milliseconds < 0)
            return Unreadable("The scene's state has invalid numbers.");
        foreach (var sums in statistics.Sums)
        {
            for (var i = 0; i < sums.Length; i++)
                sums[i] = reader.Varying();
        }

        if (!statistics.IsPossible())
            return Unreadable("The scene's state has invalid numbers.");

        var exemplars = reader.Int32();
        if (exemplars is < 0 or > Exemplars.Capacity)
            return Unreadable("The scene's state has an invalid sample.");
        for (var i = 0; i < exemplars; i++)
        {
            var ticket = new Exemplars.Ticket(reader.Double(), (ulong)reader.Int64());
            if (!double.IsFinite(ticket.Rank))
                return Unreadable("The scene's state has invalid numbers.");
            statistics.Exemplars.Insert(reader.Bytes(Thumbnail.Length), ticket);
        }

        var background = reader.Bytes(grid.Pixels).ToArray();
        return reader.IsAtEnd
            ? new SceneState(version, statistics, background, noise, new DateTimeOffset(ticks, TimeSpan.Zero))
            : Unreadable("The scene's state continues after its end.");
    }

    private static bool IsPossible(SceneGrid grid) =>
        grid.Width is > 0 and <= SceneGrid.LongSide && grid.Height is > 0 and <= SceneGrid.LongSide
        && grid.Width % SceneGrid.CellSize == 0 && grid.Height % SceneGrid.CellSize == 0;

    private static Error Unreadable(string message) => new(ErrorKind.Invalid, "scene_state_unreadable", message);

    /// <summary>Reads values one after another; throws <see cref="ArgumentOutOfRangeException"/> beyond the end.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

        public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

        public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(8));

        public ReadOnlySpan<byte> Bytes(int count)
        {
            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }

        /// <summary>Seven bits a byte, zigzag.</summary>
        public long Varying()
        {
            ulong value = 0;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var next = Bytes(1)[0];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    break;
            }

            return (long)(value >> 1) ^ -(long)(value & 1);
        }
    }
}
