namespace Siaga.Keras.Hdf5;

internal enum ElementKind
{
    Unknown,
    Signed,
    Unsigned,
    Float,

    /// <summary>A string of a fixed number of bytes.</summary>
    Text,

    /// <summary>A reference to a string in the global heap.</summary>
    LongText,
}

internal enum TextPadding
{
    NullEnds,
    Nulls,
    Spaces,
}

/// <param name="Size">Bytes per element.</param>
/// <param name="Name">The type's name in error messages.</param>
internal sealed record Datatype(ElementKind Kind, int Size, bool BigEndian, TextPadding Padding, string Name)
{
    private const string What = "a datatype";

    public static Datatype Read(ReadOnlySpan<byte> body)
    {
        var at = new Cursor(body, What);
        var head = at.U8();
        var (type, version) = (head & 15, head >> 4);
        var (low, middle) = (at.U8(), at.U8());
        at.Skip(1);
        var size = at.U32();
        if (version is < 1 or > 5 || size is 0 or > int.MaxValue)
            throw Hdf5Exception.Damaged($"{What} has the version {version} and {size} bytes");
        return type switch
        {
            0 => Whole(ref at, (int)size, low),
            1 => Floating(ref at, (int)size, low, middle),
            3 => new Datatype(ElementKind.Text, (int)size, false, PaddingOf(low & 15), "text"),
            9 when (low & 15) == 1 => size == 16
                ? new Datatype(ElementKind.LongText, 16, false, PaddingOf(low >> 4), "text")
                : throw Hdf5Exception.Damaged("a text's reference has another size"),
            _ => Other((int)size, type < s_names.Length ? s_names[type] : "an unknown type"),
        };
    }

    private static readonly string[] s_names =
        ["integers", "floats", "times", "text", "bit fields", "opaque bytes", "records", "references", "an enumeration", "lists", "arrays"];

    private static Datatype Other(int size, string name) => new(ElementKind.Unknown, size, false, TextPadding.NullEnds, name);

    private static TextPadding PaddingOf(int bits) =>
        bits <= 2 ? (TextPadding)bits : throw Hdf5Exception.Damaged($"a text's padding is {bits}");

    private static Datatype Whole(ref Cursor at, int size, int flags)
    {
        var (offset, precision) = (at.U16(), at.U16());
        if (size is not (1 or 2 or 4 or 8) || offset != 0 || precision != size * 8)
            return Other(size, $"integers of {precision} bits in {size} bytes");
        var signed = (flags & 8) != 0;
        return new Datatype(
            signed ? ElementKind.Signed : ElementKind.Unsigned,
            size,
            (flags & 1) != 0,
            TextPadding.NullEnds,
            $"integers of {precision} bits");
    }

    /// <summary>Accepts IEEE 754 formats only; bfloat16 and others have the same size but different fields.</summary>
    private static Datatype Floating(ref Cursor at, int size, int flags, int sign)
    {
        var (offset, precision) = (at.U16(), at.U16());
        var layout = (offset, precision, sign, at.U8(), at.U8(), at.U8(), at.U8(), at.U32());
        var known = size switch
        {
            2 => layout == (0, 16, 15, 10, 5, 0, 10, 15u),
            4 => layout == (0, 32, 31, 23, 8, 0, 23, 127u),
            8 => layout == (0, 64, 63, 52, 11, 0, 52, 1023u),
            _ => false,
        };
        // Bits 4 and 5: the leading 1 is implied. Bits 0 and 6 together would be VAX byte order.
        return known && (flags & 0x30) == 0x20 && (flags & 0x40) == 0
            ? new Datatype(ElementKind.Float, size, (flags & 1) != 0, TextPadding.NullEnds, $"floats of {precision} bits")
            : Other(size, $"floats of an unusual kind ({layout.Item5} bits of exponent, {layout.Item7} of mantissa, in {size} bytes)");
    }
}
