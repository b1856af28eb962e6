using FluentMigrator;

namespace Siaga.Cameras;

[Migration(2026_11_24_1111, "cameras: versions")]
public sealed class CameraVersionsMigration : AutoReversingMigration
{
    public override void Up() => Create.Column("version").OnTable("cameras").AsInt64().NotNullable().WithDefaultValue(1);
}
