using System.Runtime.InteropServices;

namespace Siaga.Keras.Hdf5;

/// <summary>An array in the file.</summary>
internal sealed class Hdf5Dataset
{
    private const string What = "an array";

    private readonly Storage _storage;
    private readonly Layout _layout;
    private readonly Filters _filters;
    private readonly ReadOnlyMemory<byte> _fill;

    /// <exception cref="Hdf5Exception">The object is not a dataset.</exception>
    public Hdf5Dataset(Hdf5Reader file, Hdf5Object found)
    {
        if (found.Body(MessageType.Dataspace) is not { } space
            || found.Body(MessageType.Datatype) is not { } type
            || found.Body(MessageType.Layout) is not { } layout)
            throw Hdf5Exception.Damaged("a group stands where an array should be");
        if (found.Body(MessageType.ExternalFiles) is not null)
            throw Hdf5Exception.NotRead("values in other files");
        _storage = file.Storage;
        (Space, Type, _layout) = (Dataspace.Read(space.Span), Datatype.Read(type.Span), Layout.Read(layout));
        _filters = found.Body(MessageType.Filters) is { } filters ? Filters.Read(filters.Span) : Filters.None;
        _fill = found.Body(MessageType.Fill) is { } fill ? Fill(fill) : found.Body(MessageType.OldFill) is { } old ? OldFill(old) : default;
    }

    public Dataspace Space { get; }

    public Datatype Type { get; }

    /// <summary>All values, converted from any supported number type.</summary>
    /// <returns>Null when the elements are not numbers of a supported type.</returns>
    public float[]? Floats()
    {
        if (Type.Kind is not (ElementKind.Float or ElementKind.Signed or ElementKind.Unsigned))
            return null;
        var bytes = Space.Count * Type.Size;
        if (_layout is { Kind: LayoutKind.Contiguous, Address: not Storage.Nowhere })
            _storage.Check(_layout.Address, (ulong)bytes, What);
        _storage.Unpack(Math.Max(bytes, Space.Count * sizeof(float)));
        if (bytes > Array.MaxLength)
            throw new Hdf5Exception("The file has an array of more than 2 GiB, which is not supported.", "model_too_large");
        var values = new float[Space.Count];
        if (Type is { Kind: ElementKind.Float, Size: sizeof(float), BigEndian: false })
        {
            Read(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        var raw = new byte[bytes];
        Read(raw);
        Elements.ToFloats(raw, Type, values);
        return values;
    }

    private static ReadOnlyMemory<byte> Fill(ReadOnlyMemory<byte> body)
    {
        var at = new Cursor(body.Span, "a fill value");
        var version = at.U8();
        bool defined;
        if (version == 3)
        {
            defined = (at.U8() & 0x20) != 0;
        }
        else
        {
            at.Skip(2);
            defined = at.U8() == 1;
        }

        return defined && at.Left >= 4 ? body.Slice(at.At + 4, at.Take(at.U32()).Length) : default;
    }

    private static ReadOnlyMemory<byte> OldFill(ReadOnlyMemory<byte> body)
    {
        var at = new Cursor(body.Span, "a fill value");
        return body.Slice(4, at.Take(at.U32()).Length);
    }

    private void Read(Span<byte> into)
    {
        if (into.Length == 0)
            return;
        if (_layout.Kind == LayoutKind.Compact)
        {
            if (_layout.Data.Length < into.Length)
                throw Hdf5Exception.Damaged($"{What} is shorter than it says");
            _layout.Data.Span[..into.Length].CopyTo(into);
        }
        else if (_layout.Address == Storage.Nowhere)
        {
            FillWith(into);
        }
        else if (_layout.Kind == LayoutKind.Contiguous)
        {
            if (_layout.Size is { } size && size < (ulong)into.Length)
                throw Hdf5Exception.Damaged($"{What} is shorter than it says");
            _storage.CopyTo(_layout.Address, into, What);
        }
        else
        {
            FillWith(into);
            new ChunkedValues(_storage, _layout, _filters, Space, Type.Size).Read(into);
        }
    }

    private void FillWith(Span<byte> into)
    {
        if (_fill.Length == 0)
            return;
        if (_fill.Length != Type.Size)
            throw Hdf5Exception.Damaged("a fill value has another size than the values");
        for (var i = 0; i < into.Length; i += Type.Size)
            _fill.Span.CopyTo(into[i..]);
    }
}
