namespace Siaga.BlobStorage;

/// <summary>Objects under keys such as <c>7/12/2026/11/24/…mp4</c>: written once, never changed.</summary>
/// <remarks>
/// A key has segments of ASCII letters, digits, <c>. _ -</c>, divided by <c>/</c>, at most 500 characters, no segment of dots alone;
/// anything else is refused with <see cref="ArgumentException"/>, so that no name from outside can lead anywhere.
/// </remarks>
public interface IBlobStorage
{
    /// <summary>Begins an object. Nothing is visible, and nothing stays behind, unless <see cref="IBlobUpload.CommitAsync"/> completes.</summary>
    /// <param name="likelyKey">The key that it will most likely have; an adapter that must name it at once uses this one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading; null when there is none.</summary>
    Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>What is there under a key; null when nothing.</summary>
    Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes an object; one that is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Every object whose key begins so, in no order.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>A path (<c>/blobs/…</c>, to be put behind a public address) or an absolute URL that reads this one object for a while, and needs no other right.</summary>
    /// <param name="key">The object; whether it is there is not looked at.</param>
    /// <param name="lifetime">From now; minutes.</param>
    string CreateReadUrl(string key, TimeSpan lifetime);

    /// <summary>Throws when the storage cannot be written to now, saying why.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <param name="Key">Where it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="WrittenAt">When it became visible.</param>
public sealed record BlobInfo(string Key, long Size, DateTimeOffset WrittenAt);

/// <summary>An object being written. Disposing it without a commit leaves nothing behind.</summary>
public interface IBlobUpload : IAsyncDisposable
{
    /// <summary>Where its bytes go, once, from the first to the last.</summary>
    Stream Content { get; }

    /// <summary>Makes it durable and visible under <paramref name="key"/>. When this completes, a power cut does not undo it.</summary>
    Task CommitAsync(string key, CancellationToken cancellationToken);
}

/// <summary>There is no room for more.</summary>
public sealed class StorageFullException(string message, Exception inner) : IOException(message, inner);

/// <summary>The storage does not answer now, or not as it should; trying again later is right, and an object that was not committed is not there.</summary>
public sealed class StorageUnavailableException(string message, Exception inner) : IOException(message, inner)
{
    /// <summary>False where a person has to mend something first, such as wrong keys.</summary>
    public bool IsTransient { get; init; } = true;
}
