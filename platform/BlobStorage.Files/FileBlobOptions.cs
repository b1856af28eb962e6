namespace Siaga.BlobStorage.Files;

/// <summary>Where the files are, and what is kept free.</summary>
public sealed class FileBlobOptions
{
    /// <summary>The folder. Made when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Signs reading URLs; at least 32 bytes. The same in every process that makes or serves them. Asked for when the first is made or
    /// served: a process that does neither needs no key.
    /// </summary>
    public required Func<byte[]> SigningKey { get; init; }

    /// <summary>Uploads are refused while the disk has less free than this, so that databases can still be written. Bytes; default 256 MiB.</summary>
    public long MinimumFreeBytes { get; init; } = 256L << 20;
}
