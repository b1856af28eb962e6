using FluentMigrator;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;

namespace Siaga.SceneModels;

/// <summary>
/// A version of what a camera's scene detector knows. It never changes, but its object is deleted when there are newer ones.
/// </summary>
internal sealed class SceneVersion : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>From 1; unique per camera.</summary>
    public required int Number { get; init; }

    /// <summary>Null once the object was deleted.</summary>
    public string? StorageKey { get; set; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Footage that it learned from, milliseconds.</summary>
    public required long FootageMs { get; init; }

    public required long ActiveFrames { get; init; }

    /// <summary>The number of the first version that knows this view.</summary>
    public required int ViewStart { get; init; }

    /// <summary>When the camera was found to have moved to this view; null: it never moved.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

/// <summary>A scene update: what one clip teaches. It is merged once, however often it is reported.</summary>
internal sealed class SceneLesson : IOwnedByCompany
{
    /// <summary>The <see cref="MergedInto"/> of an update that came too late: it taught about a view that is gone.</summary>
    public const int Nothing = 0;

    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>The clip's id, with a suffix if a person taught; unique per camera.</summary>
    public required string Name { get; init; }

    /// <summary>The version that scored the clip.</summary>
    public required int Base { get; set; }

    /// <summary>Null if the clip only shows another view, and once the object was deleted.</summary>
    public string? StorageKey { get; set; }

    public required long Size { get; set; }

    public required string Sha256 { get; set; }

    /// <summary>Milliseconds.</summary>
    public required long FootageMs { get; set; }

    public required long ActiveFrames { get; set; }

    public required bool HasMoved { get; set; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset LodgedAt { get; init; }

    /// <summary>Its object is stored, or none is needed: it may be merged.</summary>
    public bool IsStored { get; set; }

    /// <summary>Null while it waits.</summary>
    public int? MergedInto { get; set; }
}

internal sealed class SceneTables : IEntityModel<BackendDb>
{
    public void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SceneVersion>().ToTable("scene_versions");
        modelBuilder.Entity<SceneLesson>().ToTable("scene_lessons");
    }
}

[Migration(2026_11_24_1651, "versions and lessons of scenes")]
public sealed class SceneModelsMigration : Migration
{
    public override void Up()
    {
        Create.Table("scene_versions")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("camera_id").AsInt64().NotNullable()
            .WithColumn("number").AsInt32().NotNullable()
            .WithColumn("storage_key").AsString(500).Nullable()
            .WithColumn("size").AsInt64().NotNullable()
            .WithColumn("sha256").AsString(64).NotNullable()
            .WithColumn("footage_ms").AsInt64().NotNullable()
            .WithColumn("active_frames").AsInt64().NotNullable()
            .WithColumn("view_start").AsInt32().NotNullable()
            .WithColumn("moved_at").AsDateTime2().Nullable()
            .WithColumn("made_at").AsDateTime2().NotNullable();
        Create.Index("ux_scene_versions").OnTable("scene_versions")
            .OnColumn("camera_id").Ascending().OnColumn("number").Ascending().WithOptions().Unique();

        Create.Table("scene_lessons")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("camera_id").AsInt64().NotNullable()
            .WithColumn("name").AsString(120).NotNullable()
            .WithColumn("base").AsInt32().NotNullable()
            .WithColumn("storage_key").AsString(500).Nullable()
            .WithColumn("size").AsInt64().NotNullable()
            .WithColumn("sha256").AsString(64).NotNullable()
            .WithColumn("footage_ms").AsInt64().NotNullable()
            .WithColumn("active_frames").AsInt64().NotNullable()
            .WithColumn("has_moved").AsBoolean().NotNullable()
            .WithColumn("is_stored").AsBoolean().NotNullable()
            .WithColumn("captured_at").AsDateTime2().NotNullable()
            .WithColumn("lodged_at").AsDateTime2().NotNullable()
            .WithColumn("merged_into").AsInt32().Nullable();
        Create.Index("ux_scene_lessons").OnTable("scene_lessons")
            .OnColumn("camera_id").Ascending().OnColumn("name").Ascending().WithOptions().Unique();

        // Rows that wait, and rows whose object is still to be deleted: few, however many rows there ever were.
        Execute.Sql("CREATE INDEX ix_scene_lessons_waiting ON scene_lessons (camera_id, captured_at) WHERE merged_into IS NULL");
        Execute.Sql("CREATE INDEX ix_scene_lessons_stored ON scene_lessons (camera_id) WHERE storage_key IS NOT NULL");
        Execute.Sql("CREATE INDEX ix_scene_versions_stored ON scene_versions (camera_id, number) WHERE storage_key IS NOT NULL");
    }

    public override void Down()
    {
        Delete.Table("scene_lessons");
        Delete.Table("scene_versions");
    }
}
