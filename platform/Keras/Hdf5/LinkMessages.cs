using System.Text;

namespace Siaga.Keras.Hdf5;

/// <summary>Reads the links of a new-style group: messages in its header, or in a heap with an index when they are many.</summary>
internal static class LinkMessages
{
    private const string What = "a link";
    private const int ByName = 5;

    /// <returns>Soft and external links have <see cref="Storage.Nowhere"/> as their address.</returns>
    public static IEnumerable<(string Name, ulong Address)> Links(Storage storage, IReadOnlyList<Message> messages)
    {
        foreach (var message in messages)
        {
            if (message.Type == MessageType.Link)
            {
                storage.Charge(message.Body.Length);
                yield return Link(message.Body.Span);
            }
            else if (message.Type == MessageType.LinkInfo)
            {
                var (heapAddress, tree) = Dense(message.Body.Span);
                if (heapAddress == Storage.Nowhere)
                    continue;
                var heap = new FractalHeap(storage, heapAddress);
                foreach (var record in BTree2.Records(storage, tree, ByName))
                {
                    var link = heap.Object(record.Span[Math.Min(4, record.Length)..]);
                    storage.Charge(link.Length);
                    yield return Link(link.Span);
                }
            }
        }
    }

    private static (ulong Heap, ulong Tree) Dense(ReadOnlySpan<byte> body)
    {
        var at = new Cursor(body, What);
        at.Version(0);
        at.Skip((at.U8() & 1) != 0 ? 8 : 0);
        return (at.U64(), at.U64());
    }

    private static (string Name, ulong Address) Link(ReadOnlySpan<byte> body)
    {
        var at = new Cursor(body, What);
        at.Version(1);
        var flags = at.U8();
        var kind = (flags & 0x08) != 0 ? at.U8() : 0;
        at.Skip(((flags & 0x04) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        var name = Encoding.UTF8.GetString(at.Take(at.Unsigned(1 << (flags & 3))));
        return (name, kind == 0 ? at.U64() : Storage.Nowhere);
    }
}
