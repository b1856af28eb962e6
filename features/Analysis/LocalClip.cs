using Siaga.BlobStorage;

namespace Siaga.Analysis;

/// <summary>Makes room for clips on this machine's disk.</summary>
internal sealed class LocalClips(IBlobStorage storage, ScratchFolder scratch)
{
    /// <summary>A place for one, where nothing is yet.</summary>
    public LocalClip New() => new(storage, Path.Combine(scratch.Path, $"{Guid.CreateVersion7():N}.clip"));
}

/// <summary>A clip on this machine's disk, for as long as it is needed.</summary>
internal sealed class LocalClip(IBlobStorage storage, string path) : IAsyncDisposable
{
    public string Path => path;

    /// <returns>False: it is not in storage.</returns>
    public async Task<bool> FetchAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await storage.OpenReadAsync(key, cancellationToken);
        if (stored is null)
            return false;
        await using var file = File.Create(path);
        await stored.CopyToAsync(file, cancellationToken);
        return true;
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(path);
        return ValueTask.CompletedTask;
    }
}
