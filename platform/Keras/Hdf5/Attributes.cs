using System.Text;

namespace Siaga.Keras.Hdf5;

/// <summary>Reads an object's attributes: messages in its header, or in a heap with an index when they are many or large.</summary>
internal static class Attributes
{
    private const string What = "an attribute";
    private const int ByName = 8;
    private const int HeapId = 8;
    private const int SharedInRecord = 2;

    public static IEnumerable<Hdf5Attribute> Of(Hdf5Reader file, IReadOnlyList<Message> messages)
    {
        foreach (var message in messages)
        {
            if (message.Type == MessageType.Attribute)
            {
                yield return message.Shared
                    ? throw Hdf5Exception.NotRead("attributes shared between objects")
                    : Attribute(file, message.Body);
            }
            else if (message.Type == MessageType.AttributeInfo)
            {
                var (heapAddress, tree) = Dense(message.Body.Span);
                if (heapAddress == Storage.Nowhere)
                    continue;
                var heap = new FractalHeap(file.Storage, heapAddress);
                foreach (var record in BTree2.Records(file.Storage, tree, ByName))
                    yield return Attribute(file, heap.Object(IdOf(record.Span)));
            }
        }
    }

    private static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> record)
    {
        var at = new Cursor(record, What);
        var id = at.Take(HeapId);
        return (at.U8() & SharedInRecord) == 0 ? id : throw Hdf5Exception.NotRead("attributes shared between objects");
    }

    private static (ulong Heap, ulong Tree) Dense(ReadOnlySpan<byte> body)
    {
        var at = new Cursor(body, What);
        at.Version(0);
        at.Skip((at.U8() & 1) != 0 ? 2 : 0);
        return (at.U64(), at.U64());
    }

    private static Hdf5Attribute Attribute(Hdf5Reader file, ReadOnlyMemory<byte> body)
    {
        file.Storage.Charge(body.Length);
        var at = new Cursor(body.Span, What);
        var version = at.U8();
        if (version is < 1 or > 3)
            throw Hdf5Exception.Damaged($"{What} has the unknown version {version}");
        var flags = at.U8();
        var (nameSize, typeSize, spaceSize) = (at.U16(), at.U16(), at.U16());
        at.Skip(version == 3 ? 1 : 0);
        // Version 1 pads each part to eight bytes.
        var step = version == 1 ? 8 : 1;
        var name = Padded(ref at, nameSize, step);
        var end = name.IndexOf((byte)0);
        var type = Part(Padded(ref at, typeSize, step), MessageType.Datatype, version > 1 && (flags & 1) != 0);
        var space = Part(Padded(ref at, spaceSize, step), MessageType.Dataspace, version > 1 && (flags & 2) != 0);
        return new Hdf5Attribute(
            Encoding.UTF8.GetString(end < 0 ? name : name[..end]), Datatype.Read(type.Span), Dataspace.Read(space.Span), body[at.At..]);

        ReadOnlyMemory<byte> Part(ReadOnlySpan<byte> bytes, MessageType kind, bool shared) => file.Resolve(
            new Message(kind, shared, bytes.ToArray()));
    }

    private static ReadOnlySpan<byte> Padded(ref Cursor at, int size, int step)
    {
        var part = at.Take((ulong)size);
        at.Skip((step - (size % step)) % step);
        return part;
    }
}
