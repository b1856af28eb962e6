using Siaga.BlobStorage;
using Siaga.BlobStorage.Files;

namespace Siaga.Tests.BlobStorage;

/// <summary>The storage compliance tests for a folder of files.</summary>
public sealed class FileBlobStorageTests : StorageCompliance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-blobs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override Task<IBlobStorage> OpenAsync() => Task.FromResult<IBlobStorage>(new FileBlobStorage(
        new FileBlobOptions { Folder = _folder, SigningKey = () => new byte[32], MinimumFreeBytes = 0 }, TimeProvider.System));
}
