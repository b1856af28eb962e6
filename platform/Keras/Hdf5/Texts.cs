using System.Text;

namespace Siaga.Keras.Hdf5;

/// <summary>Reads string attributes.</summary>
internal static class Texts
{
    /// <returns>Null when the attribute does not hold strings.</returns>
    public static IReadOnlyList<string>? Of(Hdf5Reader file, Hdf5Attribute attribute)
    {
        var type = attribute.Type;
        if (type.Kind is not (ElementKind.Text or ElementKind.LongText))
            return null;
        if (attribute.Space.Count > attribute.Data.Length / type.Size)
            throw Hdf5Exception.Damaged($"the attribute '{attribute.Name}' is too short");
        var texts = new List<string>((int)attribute.Space.Count);
        for (var i = 0; i < attribute.Space.Count; i++)
        {
            var element = attribute.Data.Slice(i * type.Size, type.Size).Span;
            texts.Add(type.Kind == ElementKind.Text ? Fixed(element, type.Padding) : Long(file, element, type.Padding));
        }

        return texts;
    }

    private static string Long(Hdf5Reader file, ReadOnlySpan<byte> reference, TextPadding padding)
    {
        var at = new Cursor(reference, "a text's reference");
        var (length, collection, index) = (at.U32(), at.U64(), at.U32());
        if (length == 0)
            return "";
        var text = file.Heap.Object(collection, index);
        if (length > text.Length)
            throw Hdf5Exception.Damaged("a text is shorter than it says");
        // Many elements may refer to the same string, so count each one.
        file.Storage.Charge(length);
        return Fixed(text.Span[..(int)length], padding);
    }

    private static string Fixed(ReadOnlySpan<byte> text, TextPadding padding)
    {
        if (padding == TextPadding.NullEnds && text.IndexOf((byte)0) is >= 0 and var end)
            text = text[..end];
        return Encoding.UTF8.GetString(text.TrimEnd(padding == TextPadding.Spaces ? (byte)' ' : (byte)0));
    }
}
