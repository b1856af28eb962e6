using FluentMigrator;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;

namespace Siaga.Operations;

/// <summary>When a process of another service was last seen. Not evidence: deleted a day after its last heartbeat.</summary>
internal sealed class ServiceSighting
{
    public const string Ingestion = "ingestion";
    public const string Worker = "worker";

    public long Id { get; private set; }

    /// <summary><see cref="Ingestion"/> or <see cref="Worker"/>.</summary>
    public required string Service { get; init; }

    /// <summary>The name that it gives itself; unique per service and company.</summary>
    public required string Name { get; init; }

    /// <summary>The company that runs the worker; 0: the installation, for all companies.</summary>
    public required long CompanyId { get; init; }

    public required string Version { get; set; }

    /// <summary>As its last heartbeat says.</summary>
    public required bool Ready { get; set; }

    /// <summary>What it lacks; null when it is ready.</summary>
    public string? Status { get; set; }

    /// <summary>When it last finished a task; null: not since its start.</summary>
    public DateTimeOffset? LastWorkAt { get; set; }

    /// <summary>By the Backend's clock.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }
}

internal sealed class ServiceSightingModel : IEntityModel<BackendDb>
{
    public void Configure(ModelBuilder modelBuilder) => modelBuilder.Entity<ServiceSighting>().ToTable("service_sightings");
}

[Migration(2026_11_24_1801, "sightings of services")]
public sealed class ServiceSightingsMigration : Migration
{
    public override void Up()
    {
        Create.Table("service_sightings")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("service").AsString(20).NotNullable()
            .WithColumn("name").AsString(100).NotNullable()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("version").AsString(100).NotNullable()
            .WithColumn("ready").AsBoolean().NotNullable()
            .WithColumn("status").AsString(200).Nullable()
            .WithColumn("last_work_at").AsDateTime2().Nullable()
            .WithColumn("last_seen_at").AsDateTime2().NotNullable();
        Create.Index("ux_service_sightings_name").OnTable("service_sightings")
            .OnColumn("service").Ascending().OnColumn("company_id").Ascending().OnColumn("name").Ascending().WithOptions().Unique();
    }

    public override void Down() => Delete.Table("service_sightings");
}
