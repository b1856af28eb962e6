namespace Siaga.BlobStorage.Files;

/// <summary>
/// Writes a part file, flushes it, renames it and flushes the folder: after <see cref="CommitAsync"/> the object survives a power cut.
/// </summary>
internal sealed class FileBlobUpload : IBlobUpload
{
    private readonly string _part;
    private readonly Func<string, string> _pathOf;
    private readonly string _root;
    private readonly FileStream _file;
    private bool _committed;

    public FileBlobUpload(string part, Func<string, string> pathOf, string root)
    {
        _part = part;
        _pathOf = pathOf;
        _root = root;
        _file = new FileStream(part, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
        Content = new DiskFullDetectingStream(_file);
    }

    public Stream Content { get; }

    public async Task CommitAsync(string key, CancellationToken cancellationToken)
    {
        var target = _pathOf(key);
        await Content.FlushAsync(cancellationToken);
        try
        {
            _file.Flush(flushToDisk: true);
            await _file.DisposeAsync();
            var madeFolders = DurableFolders.Create(Path.GetDirectoryName(target)!, _root);
            File.Move(_part, target, overwrite: false);
            _committed = true;
            DurableFolders.Flush(Path.GetDirectoryName(target)!);
            foreach (var parent in madeFolders)
                DurableFolders.Flush(parent);
        }
        catch (IOException e) when (DiskFullDetectingStream.IsFull(e))
        {
            throw DiskFullDetectingStream.Full(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        if (!_committed)
            File.Delete(_part);
    }
}
