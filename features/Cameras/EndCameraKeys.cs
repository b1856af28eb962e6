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
        await RevokeAsync(db.Set<CameraKey>().Where(k => k.CompanyId == companyId), at, cancellationToken);
    }

    /// <summary>Revokes those of the keys that are still valid, and marks them as changed for Ingestion.</summary>
    public static Task<int> RevokeAsync(IQueryable<CameraKey> keys, DateTimeOffset at, CancellationToken cancellationToken) =>
        keys.Where(k => k.RevokedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(k => k.RevokedAt, at).SetProperty(k => k.ChangedAt, at), cancellationToken);
}
