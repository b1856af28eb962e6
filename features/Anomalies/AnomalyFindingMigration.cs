using FluentMigrator;

namespace Siaga.Anomalies;

[Migration(2026_11_30_0611, "the finding that raised an anomaly")]
public sealed class AnomalyFindingMigration : AutoReversingMigration
{
    public override void Up() => Create.Column("finding").OnTable("anomalies").AsString(int.MaxValue).Nullable();
}
