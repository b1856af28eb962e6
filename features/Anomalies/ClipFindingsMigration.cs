using FluentMigrator;

namespace Siaga.Anomalies;

[Migration(2026_11_24_1331, "what was found in a camera's day, and in a clip")]
public sealed class ClipFindingsMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.Column("codec").OnTable("analyses").AsString(50).Nullable();
        Create.Column("pixel_format").OnTable("analyses").AsString(50).Nullable();
        Create.Column("container").OnTable("analyses").AsString(100).Nullable();
        Create.Index("ix_analyses_camera_captured").OnTable("analyses")
            .OnColumn("camera_id").Ascending().OnColumn("captured_at").Ascending();
        Create.Index("ix_analyses_clip").OnTable("analyses").OnColumn("clip_id").Ascending();
        Create.Index("ix_anomalies_camera_captured").OnTable("anomalies")
            .OnColumn("camera_id").Ascending().OnColumn("captured_at").Ascending();
    }
}
