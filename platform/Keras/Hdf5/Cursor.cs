using System.Buffers.Binary;

namespace Siaga.Keras.Hdf5;

/// <summary>
/// Reads a structure from start to end. Reading past the end throws <see cref="Hdf5Exception"/>, never another exception.
/// </summary>
/// <param name="what">The structure's name in error messages.</param>
internal ref struct Cursor(ReadOnlySpan<byte> bytes, string what)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int At { get; private set; }

    public readonly int Left => _bytes.Length - At;

    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)Left)
            throw Hdf5Exception.Damaged($"{what} is too short");
        var taken = _bytes.Slice(At, (int)count);
        At += (int)count;
        return taken;
    }

    public void Skip(int count) => Take((ulong)count);

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <param name="size">Bytes, 0 to 8.</param>
    public ulong Unsigned(int size)
    {
        if (size is < 0 or > 8)
            throw Hdf5Exception.Damaged($"{what} has a number of {size} bytes");
        var value = 0UL;
        var digits = Take((ulong)size);
        for (var i = size - 1; i >= 0; i--)
            value = (value << 8) | digits[i];
        return value;
    }

    public void Expect(ReadOnlySpan<byte> signature, int version)
    {
        if (!Take((ulong)signature.Length).SequenceEqual(signature))
            throw Hdf5Exception.Damaged($"{what} is not where it should be");
        Version(version);
    }

    public void Version(int version)
    {
        if (U8() is var found && found != version)
            throw Hdf5Exception.Damaged($"{what} has the unknown version {found}");
    }
}
