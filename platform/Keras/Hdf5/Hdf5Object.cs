namespace Siaga.Keras.Hdf5;

/// <summary>A group or a dataset. Reads its links and attributes once, on first use.</summary>
internal sealed class Hdf5Object(Hdf5Reader file, ulong address)
{
    private Dictionary<string, ulong>? _links;
    private Dictionary<string, Hdf5Attribute>? _attributes;

    public IReadOnlyList<Message> Messages { get; } = ObjectHeader.Read(file.Storage, address);

    public IReadOnlyDictionary<string, ulong> Links => _links ??= ReadLinks();

    public IReadOnlyDictionary<string, Hdf5Attribute> Attributes => _attributes ??= ReadAttributes();

    /// <summary>The body of the first message of a type, wherever it is stored.</summary>
    public ReadOnlyMemory<byte>? Body(MessageType type)
    {
        foreach (var message in Messages)
        {
            if (message.Type == type)
                return file.Resolve(message);
        }

        return null;
    }

    private Dictionary<string, ulong> ReadLinks()
    {
        var links = new Dictionary<string, ulong>(StringComparer.Ordinal);
        var found = Body(MessageType.SymbolTable) is { } table
            ? SymbolTable.Links(file.Storage, table)
            : LinkMessages.Links(file.Storage, Messages);
        foreach (var (name, target) in found)
            links.TryAdd(name, target);
        return links;
    }

    private Dictionary<string, Hdf5Attribute> ReadAttributes()
    {
        var attributes = new Dictionary<string, Hdf5Attribute>(StringComparer.Ordinal);
        foreach (var attribute in Hdf5.Attributes.Of(file, Messages))
            attributes.TryAdd(attribute.Name, attribute);
        return attributes;
    }
}
