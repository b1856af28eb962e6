using FluentMigrator;

namespace Siaga.Anomalies;

[Migration(2026_11_30_0431, "findings of every detector")]
public sealed class FindingsMigration : AutoReversingMigration
{
    public override void Up() => Create.Column("findings").OnTable("analyses").AsString(int.MaxValue).Nullable();
}
