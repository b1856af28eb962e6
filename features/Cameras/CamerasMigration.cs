using FluentMigrator;

namespace Siaga.Cameras;

[Migration(2026_11_24_1101, "cameras and their keys")]
public sealed class CamerasMigration : Migration
{
    public override void Up()
    {
        Create.Table("cameras")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("name").AsString(200).NotNullable()
            .WithColumn("location").AsString(500).Nullable()
            .WithColumn("stream_key").AsString(64).NotNullable()
            .WithColumn("rtsp_source").AsString(1000).Nullable()
            .WithColumn("time_zone").AsString(100).NotNullable()
            .WithColumn("created_at").AsDateTime2().NotNullable()
            .WithColumn("archived_at").AsDateTime2().Nullable();
        Create.Index("ix_cameras_company").OnTable("cameras").OnColumn("company_id").Ascending().OnColumn("id").Ascending();

        // An archived camera still shows its stream key, but another camera may use it.
        Execute.Sql("CREATE UNIQUE INDEX ux_cameras_stream_key ON cameras (stream_key) WHERE archived_at IS NULL");

        Create.Table("camera_keys")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("camera_id").AsInt64().NotNullable()
            .WithColumn("prefix").AsString(20).NotNullable()
            .WithColumn("hash").AsString(64).NotNullable().Unique("ux_camera_keys_hash")
            .WithColumn("created_at").AsDateTime2().NotNullable()
            .WithColumn("last_used_at").AsDateTime2().Nullable()
            .WithColumn("revoked_at").AsDateTime2().Nullable()
            .WithColumn("changed_at").AsDateTime2().NotNullable();
        Create.Index("ix_camera_keys_camera").OnTable("camera_keys").OnColumn("camera_id").Ascending();
        Create.Index("ix_camera_keys_company").OnTable("camera_keys").OnColumn("company_id").Ascending();
        Create.Index("ix_camera_keys_changed").OnTable("camera_keys").OnColumn("changed_at").Ascending().OnColumn("id").Ascending();
    }

    public override void Down()
    {
        Delete.Table("camera_keys");
        Delete.Table("cameras");
    }
}

/// <summary>For finding archived cameras by stream key, and for paging through keys.</summary>
[Migration(2026_11_24_1102, "indexes of cameras and their keys")]
public sealed class CameraIndexesMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.Index("ix_cameras_stream_key").OnTable("cameras").OnColumn("stream_key").Ascending();
        Create.Index("ix_camera_keys_camera_id").OnTable("camera_keys").OnColumn("camera_id").Ascending().OnColumn("id").Ascending();
    }
}

[Migration(2026_11_24_1103, "cameras that are to be purged")]
public sealed class CameraPurgesMigration : Migration
{
    public override void Up()
    {
        Alter.Table("cameras").AddColumn("purge_requested_at").AsDateTime2().Nullable();
        Execute.Sql("CREATE INDEX ix_cameras_purge ON cameras (id) WHERE purge_requested_at IS NOT NULL");
    }

    public override void Down()
    {
        Delete.Index("ix_cameras_purge").OnTable("cameras");
        Delete.Column("purge_requested_at").FromTable("cameras");
    }
}
