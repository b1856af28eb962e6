namespace Siaga.BlobStorage;

/// <param name="Owner">Whose row it is, such as <c>ingestion</c>.</param>
/// <param name="Key">The object.</param>
/// <param name="Size">Bytes that it has to have.</param>
/// <param name="Sha256">That it has to have, lower-case hexadecimal.</param>
public sealed record OwnedObject(string Owner, string Key, long Size, string Sha256);

/// <summary>A table whose rows speak of objects in storage.</summary>
public interface IObjectOwner
{
    /// <summary>Rows, to be shown progress of.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>What every row speaks of, a page at a time in memory.</summary>
    IAsyncEnumerable<OwnedObject> ListAsync(CancellationToken cancellationToken);

    /// <summary>Those of the keys that this table owns, or is about to.</summary>
    Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);
}
