using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Accounts;

internal sealed class User : IOwnedByCompany, IVersioned
{
    /// <summary>Company number of superadmins, who have no company. Not 0, which a unit of work without a company filters for.</summary>
    public const long NoCompany = -1;

    public long Id { get; private set; }

    /// <summary><see cref="NoCompany"/> for superadmins.</summary>
    public required long CompanyId { get; set; }

    /// <summary>In lower case; unique among the users that are not deleted.</summary>
    public required string Email { get; set; }

    public string? Name { get; set; }

    public required Role Role { get; set; }

    public required string PasswordHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the account was ended; null while it is in use.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>True for a requested account until an admin approves it.</summary>
    public bool Pending { get; set; }

    public long Version { get; private set; } = 1;

    /// <summary>The company as tokens and JSON show it: 0 for none.</summary>
    public long PublicCompanyId => CompanyId == NoCompany ? 0 : CompanyId;
}

/// <summary>One sign-in on one device. Ending it invalidates its tokens at once.</summary>
internal sealed class Session
{
    /// <summary>The tokens' <c>sid</c>: 32 hexadecimal characters.</summary>
    public required string Id { get; init; }

    public required long UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>Exchanged once for a new token. A second use shows that two parties hold it, and ends the session.</summary>
internal sealed class RefreshToken
{
    public long Id { get; private set; }

    public required string SessionId { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A phone that receives push notifications.</summary>
internal sealed class Device : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required long UserId { get; init; }

    /// <summary>The phone's address at the push service.</summary>
    public required string FcmToken { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class AccountsModel : IEntityModel<BackendDb>
{
    public void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>(row =>
        {
            row.ToTable("users");
            row.Ignore(u => u.PublicCompanyId);
            row.Property(u => u.Role).HasConversion(r => r.ToName(), name => RoleNames.ToRole(name) ?? Role.User);
        });
        modelBuilder.Entity<Session>().ToTable("sessions");
        modelBuilder.Entity<RefreshToken>().ToTable("refresh_tokens");
        modelBuilder.Entity<Device>().ToTable("devices");
        modelBuilder.Entity<Invitation>().ToTable("invitations");
        modelBuilder.Entity<WorkerToken>().ToTable("worker_tokens");
    }
}
