namespace Siaga.Keras.Hdf5;

/// <param name="Type">The message type, as numbered by the specification.</param>
/// <param name="Shared">The body only says where the actual one is stored.</param>
internal readonly record struct Message(MessageType Type, bool Shared, ReadOnlyMemory<byte> Body);

internal enum MessageType
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    OldFill = 0x04,
    Fill = 0x05,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    Filters = 0x0B,
    Attribute = 0x0C,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeInfo = 0x15,
}

/// <summary>Reads the messages that describe an object, from all blocks of its header, in version 1 or 2.</summary>
internal static class ObjectHeader
{
    private const string What = "an object's header";
    private const int MaxBlocks = 4096;

    private static ReadOnlySpan<byte> Magic => "OHDR"u8;

    private static ReadOnlySpan<byte> ContinuedMagic => "OCHK"u8;

    public static IReadOnlyList<Message> Read(Storage storage, ulong address)
    {
        var prefix = storage.ReadUpTo(address, 64, What);
        var found = new List<Message>();
        var continued = new Queue<(ulong Address, ulong Length)>();
        var creationOrder = 0;
        var version = prefix.AsSpan().StartsWith(Magic) ? 2 : 1;
        if (version == 2)
            Second(storage, address, prefix, found, continued, out creationOrder);
        else
            First(storage, address, prefix, found, continued);

        var seen = new HashSet<ulong> { address };
        while (continued.TryDequeue(out var next))
        {
            if (!seen.Add(next.Address) || seen.Count > MaxBlocks)
                throw Hdf5Exception.Damaged($"{What} never ends");
            var block = storage.Read(next.Address, next.Length, What);
            if (version == 1)
            {
                Old(block, found, continued);
                continue;
            }

            if (!block.AsSpan().StartsWith(ContinuedMagic))
                throw Hdf5Exception.Damaged($"{What} does not continue where it says");
            Checksum.Check(block, What);
            New(block.AsMemory(4..^4), creationOrder, found, continued);
        }

        return found;
    }

    private static void First(Storage storage, ulong address, byte[] prefix, List<Message> found, Queue<(ulong, ulong)> continued)
    {
        var at = new Cursor(prefix, What);
        at.Version(1);
        at.Skip(1 + 2 + 4);
        var size = at.U32();
        at.Skip(4);
        Old(storage.Read(address + 16, size, What), found, continued);
    }

    private static void Second(
        Storage storage, ulong address, byte[] prefix, List<Message> found, Queue<(ulong, ulong)> continued, out int creationOrder)
    {
        var at = new Cursor(prefix, What);
        at.Expect(Magic, 2);
        var flags = at.U8();
        at.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        creationOrder = (flags & 0x04) != 0 ? 2 : 0;
        var size = at.Unsigned(1 << (flags & 3));
        storage.Check(address, size, What);
        var block = storage.Read(address, (ulong)at.At + size + 4, What);
        Checksum.Check(block, What);
        New(block.AsMemory(at.At..^4), creationOrder, found, continued);
    }

    private static void Old(ReadOnlyMemory<byte> block, List<Message> found, Queue<(ulong, ulong)> continued)
    {
        var at = new Cursor(block.Span, What);
        while (at.Left >= 8)
        {
            var (type, size, flags) = (at.U16(), at.U16(), at.U8());
            at.Skip(3);
            Keep(new Message((MessageType)type, (flags & 2) != 0, block.Slice(at.At, at.Take(size).Length)), found, continued);
        }
    }

    private static void New(ReadOnlyMemory<byte> block, int creationOrder, List<Message> found, Queue<(ulong, ulong)> continued)
    {
        var at = new Cursor(block.Span, What);
        while (at.Left >= 4 + creationOrder)
        {
            var (type, size, flags) = (at.U8(), at.U16(), at.U8());
            at.Skip(creationOrder);
            Keep(new Message((MessageType)type, (flags & 2) != 0, block.Slice(at.At, at.Take(size).Length)), found, continued);
        }
    }

    private static void Keep(Message message, List<Message> found, Queue<(ulong, ulong)> continued)
    {
        if (message.Type == MessageType.Continuation)
        {
            var at = new Cursor(message.Body.Span, What);
            continued.Enqueue((at.U64(), at.U64()));
        }
        else
        {
            found.Add(message);
        }
    }
}
