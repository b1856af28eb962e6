using Siaga.BlobStorage;

namespace Siaga.Analysis;

/// <summary>Allocates temporary files for clips on this machine.</summary>
internal sealed class LocalClips(IBlobStorage storage, ScratchFolder scratch)
{
    /// <summary>Returns a file name for a clip; the file does not exist yet.</summary>
    public LocalClip New() => new(storage, Path.Combine(scratch.Path, $"{Guid.CreateVersion7():N}.clip"));
}

/// <summary>A temporary copy of a clip on this machine, deleted on disposal.</summary>
internal sealed class LocalClip(IBlobStorage storage, string path) : IAsyncDisposable
{
    public string Path => path;

    /// <returns>False when the clip is not in storage.</returns>
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
