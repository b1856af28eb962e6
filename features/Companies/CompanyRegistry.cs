using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Companies;

internal sealed class CompanyRegistry(BackendDb db) : ICompanyRegistry
{
    public Task<bool> IsActiveAsync(long companyId, CancellationToken cancellationToken) =>
        db.Set<Company>().AnyAsync(c => c.CompanyId == companyId && c.ArchivedAt == null, cancellationToken);

    public Task<CompanyRef?> FindAsync(long companyId, CancellationToken cancellationToken) =>
        db.Set<Company>().Where(c => c.CompanyId == companyId)
            .Select(c => new CompanyRef(c.CompanyId, c.ArchivedAt == null))
            .SingleOrDefaultAsync(cancellationToken);
}
