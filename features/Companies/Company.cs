using FluentMigrator;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;

namespace Siaga.Companies;

/// <summary>A tenant. Its id is also its <c>CompanyId</c>, so that the filter by company holds for companies too.</summary>
internal sealed class Company : IOwnedByCompany, IVersioned
{
    /// <summary>The company's id, from 1.</summary>
    public long CompanyId { get; private set; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was archived; null while in use. Its evidence stays.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    public long Version { get; private set; } = 1;
}

internal sealed class CompanyModel : IEntityModel<BackendDb>
{
    public void Configure(ModelBuilder modelBuilder) => modelBuilder.Entity<Company>(row =>
    {
        row.ToTable("companies");
        row.HasKey(c => c.CompanyId);
        row.Property(c => c.CompanyId).HasColumnName("id").ValueGeneratedOnAdd();
    });
}

[Migration(2026_11_24_1001, "companies")]
public sealed class CompaniesMigration : AutoReversingMigration
{
    public override void Up() => Create.Table("companies")
        .WithColumn("id").AsInt64().PrimaryKey().Identity()
        .WithColumn("name").AsString(200).NotNullable()
        .WithColumn("created_at").AsDateTime2().NotNullable()
        .WithColumn("archived_at").AsDateTime2().Nullable();
}

[Migration(2026_11_24_1011, "companies: versions")]
public sealed class CompanyVersionsMigration : AutoReversingMigration
{
    public override void Up() => Create.Column("version").OnTable("companies").AsInt64().NotNullable().WithDefaultValue(1);
}
