using FluentMigrator;

namespace Siaga.Cameras;

[Migration(2026_11_24_1111, "cameras: versions")]
public sealed class CameraVersionsMigration : AutoReversingMigration
{
    public override void Up() => Create.Column("version").OnTable("cameras").AsInt64().NotNullable().WithDefaultValue(1);
}

[Migration(2026_11_24_1112, "cameras: sensitivity of the scene detector")]
public sealed class CameraSensitivityMigration : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("false_alarms_a_day").OnTable("cameras")
            .AsDouble().NotNullable().WithDefaultValue(CameraRules.DefaultFalseAlarmsADay);
}

[Migration(2026_11_30_0701, "cameras: notes")]
public sealed class CameraNotesMigration : AutoReversingMigration
{
    public override void Up() => Create.Column("notes").OnTable("cameras").AsString(CameraRules.MaxNotes).Nullable();
}
