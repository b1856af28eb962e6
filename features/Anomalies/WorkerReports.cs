using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Anomalies;

internal sealed class WorkerReports(BackendDb db) : IWorkerActivity
{
    public async Task<IReadOnlyList<WorkerActivity>> SinceAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        await db.Set<Analysis>().AsNoTracking().Where(a => a.ReportedAt >= from && a.Worker != null)
            .GroupBy(a => new { a.Worker, a.CompanyId })
            .Select(g => new WorkerActivity(g.Key.Worker!, g.Key.CompanyId, g.Max(a => a.ReportedAt), g.LongCount()))
            .ToListAsync(cancellationToken);
}
