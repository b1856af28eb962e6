namespace Siaga.BlobStorage;

/// <summary>Stores objects under keys such as <c>7/12/2026/11/24/…mp4</c>. An object is written once and never changed.</summary>
/// <remarks>
/// A key consists of segments of ASCII letters, digits and <c>. _ -</c>, separated by <c>/</c>, at most 500 characters, with no segment of
/// dots alone. Anything else is refused with <see cref="ArgumentException"/>, so that no name from outside can leave the storage.
/// </remarks>
public interface IBlobStorage
{
    /// <summary>
    /// Starts an upload. Nothing becomes visible and nothing stays behind unless <see cref="IBlobUpload.CommitAsync"/> completes.
    /// </summary>
    /// <param name="likelyKey">The key that the object will probably get, for adapters that need one at the start.</param>
    Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading; null when it does not exist.</summary>
    Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>The size and time of an object; null when it does not exist.</summary>
    Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes an object. Does nothing when it does not exist.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Lists every object whose key starts with <paramref name="prefix"/>, in no particular order.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a URL that allows reading this one object for a while without further credentials: an absolute one, or a path
    /// (<c>/blobs/…</c>) to be appended to the public address.
    /// </summary>
    /// <param name="key">The object; it is not checked whether it exists.</param>
    /// <param name="lifetime">How long the URL is valid from now; some minutes.</param>
    string CreateReadUrl(string key, TimeSpan lifetime);

    /// <summary>Throws, with the reason, when the storage cannot be written to at the moment.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <param name="Key">The object's key.</param>
/// <param name="Size">Bytes.</param>
/// <param name="WrittenAt">When the object became visible.</param>
public sealed record BlobInfo(string Key, long Size, DateTimeOffset WrittenAt);

/// <summary>An object being written. Disposing it without a commit leaves nothing behind.</summary>
public interface IBlobUpload : IAsyncDisposable
{
    /// <summary>Takes the object's bytes, once and in order.</summary>
    Stream Content { get; }

    /// <summary>
    /// Makes the object durable and visible under <paramref name="key"/>. Once this completes, the object survives a power cut.
    /// </summary>
    Task CommitAsync(string key, CancellationToken cancellationToken);
}

/// <summary>The storage has no room left.</summary>
public sealed class StorageFullException(string message, Exception inner) : IOException(message, inner);

/// <summary>
/// The storage does not answer, or not correctly. The caller should retry later; an object that was not committed does not exist.
/// </summary>
public sealed class StorageUnavailableException(string message, Exception inner) : IOException(message, inner)
{
    /// <summary>False when a person has to fix something first, such as wrong keys.</summary>
    public bool IsTransient { get; init; } = true;
}
