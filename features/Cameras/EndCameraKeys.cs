using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>A company that is archived takes its cameras and their keys with it.</summary>
internal sealed class EndCameraKeys(BackendDb db) : ICompanyArchiving
{
    public async Task OnArchivingAsync(long companyId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.Set<Camera>().Where(c => c.CompanyId == companyId && c.ArchivedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ArchivedAt, at).SetProperty(c => c.Version, c => c.Version + 1), cancellationToken);
        await RevokeAsync(db.Set<CameraKey>().Where(k => k.CompanyId == companyId), at, cancellationToken);
    }

    /// <summary>Ends those of the keys that still are valid, and lets Ingestion hear of it.</summary>
    public static Task<int> RevokeAsync(IQueryable<CameraKey> keys, DateTimeOffset at, CancellationToken cancellationToken) =>
        keys.Where(k => k.RevokedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(k => k.RevokedAt, at).SetProperty(k => k.ChangedAt, at), cancellationToken);
}
