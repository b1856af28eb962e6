namespace Siaga.BlobStorage.Files;

/// <summary>Settings of <see cref="FileBlobStorage"/>.</summary>
public sealed class FileBlobOptions
{
    /// <summary>The root folder. Created when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// The key that signs read URLs, at least 32 bytes and the same in every process that creates or serves them. Requested only when the
    /// first URL is created or served, so a process that does neither needs no key.
    /// </summary>
    public required Func<byte[]> SigningKey { get; init; }

    /// <summary>
    /// Uploads are refused while the disk has less free space than this, so that databases can still be written. Bytes; default 256 MiB.
    /// </summary>
    public long MinimumFreeBytes { get; init; } = 256L << 20;
}
