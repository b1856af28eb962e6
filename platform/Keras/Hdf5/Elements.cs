using System.Buffers.Binary;

namespace Siaga.Keras.Hdf5;

/// <summary>Converts numbers of any type to 32-bit floats.</summary>
internal static class Elements
{
    public static void ToFloats(Span<byte> raw, Datatype type, Span<float> values)
    {
        if (type.BigEndian)
        {
            for (var i = 0; i < raw.Length; i += type.Size)
                raw.Slice(i, type.Size).Reverse();
        }

        var size = type.Size;
        for (var i = 0; i < values.Length; i++)
            values[i] = One(raw.Slice(i * size, size), type.Kind);
    }

    private static float One(ReadOnlySpan<byte> bytes, ElementKind kind) => (kind, bytes.Length) switch
    {
        (ElementKind.Float, 2) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        (ElementKind.Float, 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (ElementKind.Float, _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (ElementKind.Signed, 1) => (sbyte)bytes[0],
        (ElementKind.Signed, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (ElementKind.Signed, 4) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (ElementKind.Signed, _) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (_, 1) => bytes[0],
        (_, 2) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (_, 4) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };
}
