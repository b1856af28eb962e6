using FluentMigrator;
using Siaga.Database;

namespace Siaga.Recordings;

/// <summary>What is known of a camera's newest clips, updated with each, so that a list of cameras need not search recordings.</summary>
internal sealed class Footage : IOwnedByCompany
{
    /// <summary>The primary key.</summary>
    public required long CameraId { get; init; }

    public required long CompanyId { get; init; }

    /// <summary>When the newest clip begins; null: only a picture was reported yet.</summary>
    public DateTimeOffset? LastClipAt { get; set; }

    /// <summary>When the last clip was received.</summary>
    public DateTimeOffset? LastReceivedAt { get; set; }

    /// <summary>The usual interval between clips in milliseconds; null: too few clips to tell.</summary>
    public long? UsualMs { get; set; }

    /// <summary>Storage key of the last picture; null: none yet.</summary>
    public string? PictureKey { get; set; }

    public string? PictureSha256 { get; set; }

    /// <summary>When the picture's clip begins.</summary>
    public DateTimeOffset? PictureAt { get; set; }
}

[Migration(2026_11_24_1411, "what cameras deliver")]
public sealed class FootageMigration : Migration
{
    public override void Up()
    {
        Create.Table("camera_footage")
            .WithColumn("camera_id").AsInt64().PrimaryKey()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("last_clip_at").AsDateTime2().Nullable()
            .WithColumn("last_received_at").AsDateTime2().Nullable()
            .WithColumn("usual_ms").AsInt64().Nullable()
            .WithColumn("picture_key").AsString(500).Nullable()
            .WithColumn("picture_sha256").AsString(64).Nullable()
            .WithColumn("picture_at").AsDateTime2().Nullable();

        // Cameras that have delivered before: their intervals become known with their next clips.
        Execute.Sql("""
            INSERT INTO camera_footage (camera_id, company_id, last_clip_at, last_received_at)
            SELECT camera_id, MIN(company_id), MAX(captured_at), MAX(received_at) FROM recordings GROUP BY camera_id
            """);
    }

    public override void Down() => Delete.Table("camera_footage");
}
