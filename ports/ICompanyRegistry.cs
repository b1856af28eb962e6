namespace Siaga.Ports;

/// <summary>What other features may query about companies.</summary>
public interface ICompanyRegistry
{
    /// <summary>True for a company that exists, is not archived and is within the caller's scope.</summary>
    Task<bool> IsActiveAsync(long companyId, CancellationToken cancellationToken);

    /// <summary>A company, archived or not, within the caller's scope; null when it does not exist.</summary>
    Task<CompanyRef?> FindAsync(long companyId, CancellationToken cancellationToken);
}

/// <param name="Id">The company's id.</param>
/// <param name="IsActive">False once archived.</param>
public sealed record CompanyRef(long Id, bool IsActive);

/// <summary>
/// Called when a company is archived, in the same transaction, so that a feature can revoke what the company may no longer do.
/// </summary>
public interface ICompanyArchiving
{
    Task OnArchivingAsync(long companyId, DateTimeOffset at, CancellationToken cancellationToken);
}
