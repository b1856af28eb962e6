using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>Purges a camera's anomalies and analyses, and the clips and pictures that they refer to.</summary>
internal sealed class AnomalyEvidence(BackendDb db, IBlobStorage storage) : ICameraEvidence
{
    private const int BatchRows = 200;

    public async Task PurgeAsync(CameraRef camera, CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = await db.Set<Analysis>().AsNoTracking().Where(a => a.CameraId == camera.Id).OrderBy(a => a.Id).Take(BatchRows)
                .Select(a => new { a.Id, a.StorageKey }).ToListAsync(cancellationToken);
            if (batch.Count == 0)
                return;
            foreach (var analysis in batch.Where(a => BlobKey.IsValid(a.StorageKey)))
            {
                await storage.DeleteAsync(analysis.StorageKey, cancellationToken);
                await storage.DeleteAsync(PictureKeys.Beside(analysis.StorageKey), cancellationToken);
            }

            var gone = batch.Select(a => a.Id).ToList();

            // One transaction: anomalies are found through their analyses, so none may outlive its analysis.
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Set<Anomaly>().Where(a => gone.Contains(a.AnalysisId)).ExecuteDeleteAsync(cancellationToken);
            await db.Set<Analysis>().Where(a => gone.Contains(a.Id)).ExecuteDeleteAsync(cancellationToken);
            await db.AnnounceAsync(AnomalyPages.TopicOf(camera.CompanyId), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
