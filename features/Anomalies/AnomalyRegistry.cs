using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Anomalies;

internal sealed class AnomalyRegistry(BackendDb db) : IAnomalyRegistry
{
    public Task<AnomalyRef?> FindAsync(long? anomalyId, CancellationToken cancellationToken) =>
        db.Set<Anomaly>().Where(a => anomalyId == null || a.Id == anomalyId).OrderByDescending(a => a.Id)
            .Select(a => new AnomalyRef(a.Id, a.CameraId, a.CompanyId)).FirstOrDefaultAsync(cancellationToken);
}
