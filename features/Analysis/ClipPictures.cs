using Siaga.Analysis.Scenes;
using Siaga.BlobStorage;
using Siaga.Messages;

namespace Siaga.Analysis;

/// <summary>Stores an anomaly's picture beside its clip. Safe to repeat.</summary>
internal sealed class ClipPictures(IBlobStorage storage)
{
    /// <returns>The picture to report.</returns>
    public async Task<AnomalyPicture> StoreAsync(long anomalyId, ClipStored task, byte[] picture, CancellationToken cancellationToken)
    {
        var key = Beside(task.VideoPath);
        var bytes = await FindAsync(key, cancellationToken);
        if (bytes is null)
        {
            await storage.PutOnceAsync(key, picture, cancellationToken);

            // Report the object that is stored now: another worker may have stored its picture first.
            bytes = await FindAsync(key, cancellationToken) ?? picture;
        }

        return new AnomalyPicture(anomalyId, key, bytes.LongLength, SceneStore.Hash(bytes));
    }

    internal static string Beside(string clipKey) => Path.ChangeExtension(clipKey, ".jpg");

    private async Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await storage.OpenReadAsync(key, cancellationToken);
        if (stored is null)
            return null;
        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
