using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Intake;

/// <summary>Deletes the clips of a purged camera, each object before its row, and then the camera's revoked keys.</summary>
/// <remarks>Deduplication key: the camera. Deleting what is already gone succeeds.</remarks>
internal sealed class CameraPurgedHandler(IngestionDb db, IBlobStorage storage, CompanyScope scope) : IMessageHandler<CameraPurged>
{
    private const int BatchRows = 200;

    public async Task<HandlingResult> HandleAsync(CameraPurged message, CancellationToken cancellationToken)
    {
        scope.SetAll("deleting a purged camera's clips");
        while (true)
        {
            var batch = await db.Set<Clip>().AsNoTracking().Where(c => c.CameraId == message.CameraId).OrderBy(c => c.Id).Take(BatchRows)
                .Select(c => new { c.Id, c.StorageKey }).ToListAsync(cancellationToken);
            if (batch.Count == 0)
                break;
            foreach (var clip in batch)
                await storage.DeleteAsync(clip.StorageKey, cancellationToken);
            var gone = batch.Select(c => c.Id).ToList();
            await db.Set<Clip>().Where(c => gone.Contains(c.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        await db.Set<KnownKey>().Where(k => k.CameraId == message.CameraId && !k.Active).ExecuteDeleteAsync(cancellationToken);
        return HandlingResult.Done;
    }
}
