using FluentMigrator;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;

namespace Siaga.Intake;

internal sealed class IntakeTables : IEntityModel<IngestionDb>
{
    public void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Clip>(row =>
        {
            row.ToTable("clips");
            row.HasIndex(c => c.ContentKey).IsUnique();
            row.HasIndex(c => new { c.CameraId, c.IdempotencyKey }).IsUnique();
        });
        modelBuilder.Entity<PendingObject>(row =>
        {
            row.ToTable("pending_objects");
            row.HasKey(p => p.StorageKey);
        });
        modelBuilder.Entity<KnownKey>(row =>
        {
            row.ToTable("known_keys");
            row.Property(k => k.Id).ValueGeneratedNever();
            row.HasIndex(k => k.Hash);
        });
    }
}

[Migration(2026_11_24_0100, "clips, pending objects and known keys")]
public sealed class IntakeMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.Table("clips")
            .WithColumn("id").AsString(36).PrimaryKey()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("camera_id").AsInt64().NotNullable()
            .WithColumn("task_id").AsString(36).NotNullable().Unique()
            .WithColumn("idempotency_key").AsString(200).Nullable()
            .WithColumn("content_key").AsString(150).NotNullable().Unique()
            .WithColumn("storage_key").AsString(500).NotNullable().Unique()
            .WithColumn("sha256").AsString(64).NotNullable()
            .WithColumn("size").AsInt64().NotNullable()
            .WithColumn("original_filename").AsString(200).NotNullable()
            .WithColumn("captured_at").AsDateTime2().NotNullable()
            .WithColumn("received_at").AsDateTime2().NotNullable()
            .WithColumn("state").AsString(20).NotNullable()
            .WithColumn("reason").AsString(2000).Nullable()
            .WithColumn("analysed_at").AsDateTime2().Nullable();
        Create.Index().OnTable("clips")
            .OnColumn("camera_id").Ascending().OnColumn("idempotency_key").Ascending().WithOptions().Unique();
        Create.Table("pending_objects")
            .WithColumn("storage_key").AsString(500).PrimaryKey()
            .WithColumn("created_at").AsDateTime2().NotNullable();
        Create.Table("known_keys")
            .WithColumn("id").AsInt64().PrimaryKey()
            .WithColumn("hash").AsString(64).NotNullable().Indexed()
            .WithColumn("camera_id").AsInt64().NotNullable()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("active").AsBoolean().NotNullable();
    }
}
