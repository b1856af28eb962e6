using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>A camera's recordings go: each object, and then its row.</summary>
internal sealed class RecordingEvidence(BackendDb db, IBlobStorage storage) : ICameraEvidence
{
    private const int BatchRows = 200;

    public async Task PurgeAsync(CameraRef camera, CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = await db.Set<Recording>().AsNoTracking().Where(r => r.CameraId == camera.Id).OrderBy(r => r.CapturedAt).Take(BatchRows)
                .Select(r => new { r.Id, r.StorageKey }).ToListAsync(cancellationToken);
            if (batch.Count == 0)
                return;
            foreach (var recording in batch)
                await storage.DeleteAsync(recording.StorageKey, cancellationToken);
            var gone = batch.Select(r => r.Id).ToList();
            await db.Set<Recording>().Where(r => gone.Contains(r.Id)).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
