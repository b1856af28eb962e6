using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Siaga.Keras.Graph;

/// <summary>
/// Writes the part of the protocol-buffer wire format that ONNX files need (https://protobuf.dev/programming-guides/encoding/). Uses one
/// buffer and patches a message's length in afterwards, so that weights are copied only once.
/// </summary>
internal sealed class WireWriter(int capacity = 4096)
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;
    private const int PatchedLengthBytes = 5;

    private byte[] _bytes = new byte[capacity];
    private int _count;

    public byte[] ToArray()
    {
        Array.Resize(ref _bytes, _count);
        return _bytes;
    }

    public void Integer(int field, long value)
    {
        Tag(field, Varint);
        Raw((ulong)value);
    }

    public void Single(int field, float value)
    {
        Tag(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(Room(4), value);
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthDelimited);
        Raw((ulong)value.Length);
        value.CopyTo(Room(value.Length));
    }

    public void Numbers<T>(int field, T[] values)
        where T : unmanaged => Bytes(field, MemoryMarshal.AsBytes(values.AsSpan()));

    public void Message(int field, Action<WireWriter> write)
    {
        Tag(field, LengthDelimited);
        var at = _count;
        Room(PatchedLengthBytes);
        write(this);
        var length = (uint)(_count - at - PatchedLengthBytes);
        for (var i = 0; i < PatchedLengthBytes; i++)
        {
            // All bytes but the last have the continuation bit: longer than necessary, but valid for every reader.
            _bytes[at + i] = (byte)((length & 0x7F) | (i < PatchedLengthBytes - 1 ? 0x80u : 0));
            length >>= 7;
        }
    }

    private void Tag(int field, int wireType) => Raw((ulong)((field << 3) | wireType));

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Room(1)[0] = (byte)(value | 0x80);
        Room(1)[0] = (byte)value;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - _count < count)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, (long)_count + count)));
        var room = _bytes.AsSpan(_count, count);
        _count += count;
        return room;
    }
}
