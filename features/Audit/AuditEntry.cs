using FluentMigrator;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Audit;

internal sealed class AuditEntry : IOwnedByCompany, IAppendOnly
{
    /// <summary>Company number of entries that concern no company. Not 0, which a unit of work without a company filters for.</summary>
    public const long NoCompany = -1;

    /// <summary>The actor of a request without a sign-in. Stored entries and the dashboard use this value.</summary>
    public const string Anonymous = "nobody";

    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>E-mail of the user, or role of the service, that did it; <see cref="Anonymous"/> before a sign-in.</summary>
    public required string Actor { get; init; }

    public long? ActorId { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    /// <summary>The network address of the request.</summary>
    public string? Address { get; init; }
}

internal sealed class AuditModel : IEntityModel<BackendDb>
{
    public void Configure(ModelBuilder modelBuilder) => modelBuilder.Entity<AuditEntry>().ToTable("audit");
}

[Migration(2026_11_24_1601, "audit")]
public sealed class AuditMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.Table("audit")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("at").AsDateTime2().NotNullable()
            .WithColumn("actor").AsString(254).NotNullable()
            .WithColumn("actor_id").AsInt64().Nullable()
            .WithColumn("action").AsString(100).NotNullable()
            .WithColumn("target").AsString(500).NotNullable()
            .WithColumn("address").AsString(100).Nullable();
        Create.Index("ix_audit_company").OnTable("audit").OnColumn("company_id").Ascending().OnColumn("id").Ascending();
    }
}

/// <summary>Indexes for audit queries by time.</summary>
[Migration(2026_11_24_1602, "indexes of audit")]
public sealed class AuditIndexesMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.Index("ix_audit_company_at").OnTable("audit").OnColumn("company_id").Ascending().OnColumn("at").Ascending();
        Create.Index("ix_audit_at").OnTable("audit").OnColumn("at").Ascending();
    }
}

internal sealed class AuditLog(BackendDb db, IHttpContextAccessor accessor, TimeProvider time) : IAuditLog
{
    public void Record(long companyId, string action, string target)
    {
        var context = accessor.HttpContext;
        var caller = context is null ? null : Caller.Of(context.User);
        db.Add(new AuditEntry
        {
            CompanyId = companyId > 0 ? companyId : AuditEntry.NoCompany,
            At = time.GetUtcNow(),
            Actor = caller?.Email ?? context?.User.Claims.FirstOrDefault(c => c.Type == "role")?.Value ?? AuditEntry.Anonymous,
            ActorId = caller?.UserId,
            Action = action,
            Target = target,
            Address = context?.Connection.RemoteIpAddress?.ToString(),
        });
    }
}
