using FluentMigrator;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;

namespace Siaga.Recordings;

/// <summary>A stored clip: the Backend's own record of what Ingestion reported.</summary>
internal sealed class Recording : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>Unique.</summary>
    public required string ClipId { get; init; }

    /// <summary>Ends in <c>_{yyyyMMddTHHmmssZ}.mp4</c>, from which clients read the capture time.</summary>
    public required string StorageKey { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class RecordingModel : IEntityModel<BackendDb>
{
    public void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Recording>().ToTable("recordings");
        modelBuilder.Entity<PlayableCopy>(row =>
        {
            row.ToTable("clip_copies").HasKey(c => c.ClipId);
            row.Property(c => c.State).HasConversion<string>();
        });
        modelBuilder.Entity<Footage>(row =>
        {
            row.ToTable("camera_footage").HasKey(f => f.CameraId);
            row.Property(f => f.CameraId).ValueGeneratedNever();
        });
    }
}

[Migration(2026_11_24_1401, "recordings")]
public sealed class RecordingsMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.Table("recordings")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("camera_id").AsInt64().NotNullable()
            .WithColumn("clip_id").AsString(100).NotNullable().Unique("ux_recordings_clip")
            .WithColumn("storage_key").AsString(500).NotNullable()
            .WithColumn("size").AsInt64().NotNullable()
            .WithColumn("sha256").AsString(64).NotNullable()
            .WithColumn("captured_at").AsDateTime2().NotNullable()
            .WithColumn("received_at").AsDateTime2().NotNullable();
        Create.Index("ix_recordings_camera").OnTable("recordings")
            .OnColumn("camera_id").Ascending().OnColumn("captured_at").Ascending().OnColumn("id").Ascending();
    }
}
