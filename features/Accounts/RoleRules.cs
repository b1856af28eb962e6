using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>Who may give which role: none above one's own, none outside one's company. The last superadmin keeps the role.</summary>
internal sealed class RoleRules(BackendDb db, ICompanyRegistry companies)
{
    private static Error NoSuchCompany { get; } = new(ErrorKind.NotFound, "company_not_found", "There is no such company.");

    /// <summary>Database lock held while the first superadmin is created or a superadmin is removed.</summary>
    public const string SuperadminLock = "superadmins";

    public static Error UserNotFound { get; } = new(ErrorKind.NotFound, "user_not_found", "There is no such user.");

    public static Error EmailTaken { get; } = new(ErrorKind.Conflict, "email_taken", "This e-mail already has an account.");

    /// <summary>The company that a user of this role gets.</summary>
    /// <param name="asked">The requested company; null or 0: the caller's.</param>
    public async Task<Result<long>> CompanyForAsync(Caller caller, Role role, long? asked, CancellationToken cancellationToken)
    {
        if (role > caller.Role)
            return new Error(ErrorKind.Forbidden, "role_above_own", "You cannot give a role above your own.");
        if (role == Role.Superadmin)
            return new Error(ErrorKind.Forbidden, "invitation_needed", "Superadmins can only be invited: POST /api/invitations.");
        return await ActiveCompanyAsync(asked is null or 0 ? caller.CompanyId : asked.Value, cancellationToken);
    }

    /// <summary>Checks that a company may get users and tokens.</summary>
    public async Task<Result<long>> ActiveCompanyAsync(long company, CancellationToken cancellationToken)
    {
        if (company == 0)
            return new Error(ErrorKind.Invalid, "company_id_missing", "'company_id' is required: the user's company.");

        // Negative numbers, such as User.NoCompany, are internal and cannot be requested.
        return company < 0 ? NoSuchCompany : await RefuseArchivedAsync(company, cancellationToken) is { } error ? error : company;
    }

    /// <summary>Null if the company is in use, or is <see cref="User.NoCompany"/>.</summary>
    public async Task<Error?> RefuseArchivedAsync(long company, CancellationToken cancellationToken) =>
        company == User.NoCompany || await companies.IsActiveAsync(company, cancellationToken)
            ? null
            : NoSuchCompany;

    /// <summary>Null unless this is the last superadmin. A lock keeps that true until the current transaction ends.</summary>
    public async Task<Error?> RefuseLastSuperadminAsync(User leaving, CancellationToken cancellationToken)
    {
        if (leaving.Role != Role.Superadmin)
            return null;
        await db.LockAsync(SuperadminLock, cancellationToken);
        return await db.Set<User>().AnyAsync(
            u => u.Role == Role.Superadmin && u.DeletedAt == null && u.Id != leaving.Id, cancellationToken)
            ? null
            : new Error(ErrorKind.Conflict, "last_superadmin", "This is the last superadmin; create another one first.");
    }
}
