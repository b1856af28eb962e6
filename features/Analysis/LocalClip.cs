using Siaga.BlobStorage;

namespace Siaga.Analysis;

/// <summary>A clip on this machine's disk, for as long as it is needed.</summary>
internal sealed class LocalClip : IAsyncDisposable
{
    public string Path { get; } = System.IO.Path.Combine(ClipFolder.Own.Path, $"{Guid.CreateVersion7():N}.clip");

    /// <returns>False: it is not in storage.</returns>
    public async Task<bool> FetchAsync(IBlobStorage storage, string key, CancellationToken cancellationToken)
    {
        await using var stored = await storage.OpenReadAsync(key, cancellationToken);
        if (stored is null)
            return false;
        await using var file = File.Create(Path);
        await stored.CopyToAsync(file, cancellationToken);
        return true;
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(Path);
        return ValueTask.CompletedTask;
    }
}
