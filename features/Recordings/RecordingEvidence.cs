using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>Deletes a camera's recordings, each object before its row, its copies and its last picture.</summary>
internal sealed class RecordingEvidence(BackendDb db, IBlobStorage storage) : ICameraEvidence
{
    private const int BatchRows = 200;

    public async Task PurgeAsync(CameraRef camera, CancellationToken cancellationToken)
    {
        var copies = await db.Set<PlayableCopy>().AsNoTracking().Where(c => c.CameraId == camera.Id && c.StorageKey != null)
            .Select(c => c.StorageKey!).ToListAsync(cancellationToken);
        foreach (var copy in copies)
            await storage.DeleteAsync(copy, cancellationToken);

        // A worker that is still making a copy finds the clip gone and deletes its copy.
        await db.Set<PlayableCopy>().Where(c => c.CameraId == camera.Id).ExecuteDeleteAsync(cancellationToken);
        while (true)
        {
            var batch = await db.Set<Recording>().AsNoTracking().Where(r => r.CameraId == camera.Id)
                .OrderBy(r => r.CapturedAt).Take(BatchRows)
                .Select(r => new { r.Id, r.StorageKey }).ToListAsync(cancellationToken);
            if (batch.Count == 0)
                break;
            foreach (var recording in batch)
                await storage.DeleteAsync(recording.StorageKey, cancellationToken);
            var gone = batch.Select(r => r.Id).ToList();
            await db.Set<Recording>().Where(r => gone.Contains(r.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        var pictures = new List<string>();
        await foreach (var blob in storage.ListAsync(LastPictureKeys.Folder(camera.CompanyId, camera.Id), cancellationToken))
            pictures.Add(blob.Key);
        foreach (var key in pictures)
            await storage.DeleteAsync(key, cancellationToken);
        await db.Set<Footage>().Where(f => f.CameraId == camera.Id).ExecuteDeleteAsync(cancellationToken);
    }
}
