using System.Runtime.CompilerServices;

namespace Siaga.BlobStorage.Files;

/// <summary>
/// Stores objects as files below one folder: <c>objects/KEY</c> when complete, <c>incoming/</c> while they are being written.
/// </summary>
public sealed class FileBlobStorage : IBlobStorage
{
    private readonly FileBlobOptions _options;
    private readonly TimeProvider _time;
    private readonly string _objects;
    private readonly string _incoming;
    private readonly Lazy<UrlSigner> _signer;

    public FileBlobStorage(FileBlobOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _objects = Path.Combine(Path.GetFullPath(options.Folder), "objects");
        _incoming = Path.Combine(Path.GetFullPath(options.Folder), "incoming");
        _signer = new Lazy<UrlSigner>(() => new UrlSigner(options.SigningKey(), time));
        Directory.CreateDirectory(_objects);
        Directory.CreateDirectory(_incoming);
        RemoveAbandonedUploads();
    }

    internal UrlSigner Signer => _signer.Value;

    public Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken)
    {
        BlobKey.Require(likelyKey);
        RequireRoom();
        return Task.FromResult<IBlobUpload>(
            new FileBlobUpload(Path.Combine(_incoming, $"{Guid.CreateVersion7():N}.part"), PathOf, _objects));
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(key), new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            }));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? new BlobInfo(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)) : null);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(PathOf(key));
        }
        catch (DirectoryNotFoundException)
        {
            // The object is already gone.
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        // Start at the folder that the prefix names: listing one camera's objects does not walk all the others.
        var start = new DirectoryInfo(Path.Combine(_objects, string.Join('/', prefix.Split('/')[..^1].TakeWhile(BlobKey.IsValid))));
        if (!start.Exists)
            yield break;
        foreach (var file in start.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = Path.GetRelativePath(_objects, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (key.StartsWith(prefix, StringComparison.Ordinal))
                yield return new BlobInfo(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        }
    }

    public string CreateReadUrl(string key, TimeSpan lifetime) => Signer.Sign(BlobKey.Require(key), lifetime);

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        RequireRoom();
        var probe = Path.Combine(_incoming, $"{Guid.CreateVersion7():N}.part");
        using (var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            file.WriteByte(0);
        return Task.CompletedTask;
    }

    internal string PathOf(string key) => Path.Combine(_objects, BlobKey.Require(key));

    private void RequireRoom()
    {
        var free = new DriveInfo(_objects).AvailableFreeSpace;
        if (free < _options.MinimumFreeBytes)
        {
            throw new StorageFullException(
                $"The disk of the clip store has {free >> 20} MiB free; "
                + $"{_options.MinimumFreeBytes >> 20} MiB are reserved for the databases.",
                new IOException("No space left above the reserve."));
        }
    }

    /// <summary>
    /// Removes what a killed process left half-written. Only files older than any upload may take, so other running processes are safe.
    /// </summary>
    private void RemoveAbandonedUploads()
    {
        var before = _time.GetUtcNow().UtcDateTime - TimeSpan.FromHours(6);
        foreach (var file in new DirectoryInfo(_incoming).EnumerateFiles("*.part").Where(f => f.LastWriteTimeUtc < before))
            file.Delete();
    }
}
