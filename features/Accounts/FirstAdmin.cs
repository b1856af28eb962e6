using Siaga.Primitives;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>Creates the first superadmin: the one account that no other user can create.</summary>
internal sealed class FirstAdmin(BackendDb db, CompanyScope scope, Passwords passwords, TimeProvider time)
{
    public async Task<bool> EnsureAsync(string email, Func<string> password, CancellationToken cancellationToken)
    {
        scope.SetAll("the first superadmin");
        await using var transaction = await db.BeginExclusiveAsync(RoleRules.SuperadminLock, cancellationToken);
        if (await db.Set<User>().AnyAsync(u => u.Role == Role.Superadmin && u.DeletedAt == null, cancellationToken))
            return false;
        var address = Emails.Check(email);
        var secret = Passwords.Check(password(), email);
        if ((address.Error ?? secret.Error) is { } error)
            throw new InvalidOperationException($"The first superadmin cannot be created: {error.Message}");
        db.Add(new User
        {
            CompanyId = User.NoCompany,
            Email = address.Value,
            Role = Role.Superadmin,
            PasswordHash = await passwords.HashAsync(secret.Value, cancellationToken),
            CreatedAt = time.GetUtcNow(),
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
