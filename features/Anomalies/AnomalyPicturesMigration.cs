using FluentMigrator;

namespace Siaga.Anomalies;

[Migration(2026_11_24_1311, "which detector spoke, and pictures of anomalies")]
public sealed class AnomalyPicturesMigration : AutoReversingMigration
{
    private const int Unbounded = int.MaxValue;

    public override void Up()
    {
        Create.Column("detector").OnTable("analyses").AsString(20).Nullable();
        Create.Column("scene").OnTable("analyses").AsString(Unbounded).Nullable();
        Create.Column("detector").OnTable("anomalies").AsString(20).Nullable();
        Create.Column("scene").OnTable("anomalies").AsString(Unbounded).Nullable();
        Create.Column("model_name").OnTable("anomalies").AsString(200).Nullable();
        Create.Column("model_sha256").OnTable("anomalies").AsString(64).Nullable();
        Create.Column("picture_key").OnTable("anomalies").AsString(500).Nullable();
        Create.Column("picture_size").OnTable("anomalies").AsInt64().NotNullable().WithDefaultValue(0);
        Create.Column("picture_sha256").OnTable("anomalies").AsString(64).Nullable();
        Create.Column("is_normal").OnTable("anomalies").AsBoolean().NotNullable().WithDefaultValue(false);
        Create.Index("ix_anomalies_storage_key").OnTable("anomalies").OnColumn("storage_key").Ascending();
    }
}
