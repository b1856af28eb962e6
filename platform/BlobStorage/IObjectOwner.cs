namespace Siaga.BlobStorage;

/// <param name="Owner">The database that holds the row, such as <c>ingestion</c>.</param>
/// <param name="Key">The object's key.</param>
/// <param name="Size">The expected size in bytes.</param>
/// <param name="Sha256">The expected hash, lower-case hexadecimal.</param>
public sealed record OwnedObject(string Owner, string Key, long Size, string Sha256);

/// <summary>A table whose rows refer to objects in storage.</summary>
public interface IObjectOwner
{
    /// <summary>Counts the rows, so that a caller can show progress.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Lists the object of every row; at most one page of rows is in memory.</summary>
    IAsyncEnumerable<OwnedObject> ListAsync(CancellationToken cancellationToken);

    /// <summary>Those of the keys that this table owns or is about to own.</summary>
    Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);
}
