using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>Archives the cameras of a company that is being archived, and revokes their keys.</summary>
internal sealed class EndCameraKeys(BackendDb db) : ICompanyArchiving
{
    public async Task OnArchivingAsync(long companyId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.Set<Camera>().Where(c => c.CompanyId == companyId && c.ArchivedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.ArchivedAt, at).SetProperty(c => c.Version, c => c.Version + 1), cancellationToken);
        await RevokeAsync(db, k => k.CompanyId == companyId, at, cancellationToken);
    }

    /// <summary>Revokes those of the keys that are still valid, and announces it to Ingestion.</summary>
    /// <returns>How many were still valid.</returns>
    public static async Task<int> RevokeAsync(
        BackendDb db, Expression<Func<CameraKey, bool>> keys, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var revoked = await db.Set<CameraKey>().Where(keys).Where(k => k.RevokedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(k => k.RevokedAt, at).SetProperty(k => k.ChangedAt, at), cancellationToken);
        if (revoked > 0)
            await db.AnnounceAsync(CameraKeySignal.Topic, cancellationToken);
        return revoked;
    }
}
