namespace Siaga.Web;

/// <summary>What features may ask about companies.</summary>
public interface ICompanyRegistry
{
    /// <summary>True for a company that is there, not archived, and within the caller's scope.</summary>
    Task<bool> IsActiveAsync(long companyId, CancellationToken cancellationToken);

    /// <summary>A company, archived or not, within the caller's scope; null when there is none.</summary>
    Task<CompanyRef?> FindAsync(long companyId, CancellationToken cancellationToken);
}

/// <param name="Id">Its number.</param>
/// <param name="IsActive">False once archived.</param>
public sealed record CompanyRef(long Id, bool IsActive);

/// <summary>Hears that a company is being archived, in the same transaction: what it may no longer do ends there.</summary>
public interface ICompanyArchiving
{
    Task OnArchivingAsync(long companyId, DateTimeOffset at, CancellationToken cancellationToken);
}
