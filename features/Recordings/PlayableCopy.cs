using FluentMigrator;
using Siaga.Database;

namespace Siaga.Recordings;

/// <summary>The state of a copy.</summary>
internal enum CopyState
{
    /// <summary>A worker was asked to make it.</summary>
    Preparing,

    /// <summary>It is stored.</summary>
    Ready,

    /// <summary>No copy is needed: browsers play the clip itself.</summary>
    AsIs,

    /// <summary>There is none, and the reason is known.</summary>
    Failed,
}

/// <summary>A copy of a clip that browsers can play, or what became of the request for one.</summary>
internal sealed class PlayableCopy : IOwnedByCompany
{
    /// <summary>The primary key.</summary>
    public required string ClipId { get; init; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    public required CopyState State { get; set; }

    /// <summary>Why it failed, as a stable code; <see cref="Reason"/> is a sentence.</summary>
    public string? ReasonCode { get; set; }

    public string? Reason { get; set; }

    /// <summary>When it was last requested.</summary>
    public required DateTimeOffset AskedAt { get; set; }

    /// <summary>Null until it is stored.</summary>
    public string? StorageKey { get; set; }

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    public string? Sha256 { get; set; }
}

[Migration(2026_11_24_1421, "copies that browsers play")]
public sealed class PlayableCopiesMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.Table("clip_copies")
            .WithColumn("clip_id").AsString(100).PrimaryKey()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("camera_id").AsInt64().NotNullable()
            .WithColumn("state").AsString(20).NotNullable()
            .WithColumn("reason_code").AsString(100).Nullable()
            .WithColumn("reason").AsString(1000).Nullable()
            .WithColumn("asked_at").AsDateTime2().NotNullable()
            .WithColumn("storage_key").AsString(500).Nullable()
            .WithColumn("size").AsInt64().NotNullable()
            .WithColumn("sha256").AsString(64).Nullable();
        Create.Index("ix_clip_copies_camera").OnTable("clip_copies").OnColumn("camera_id").Ascending();
    }
}
