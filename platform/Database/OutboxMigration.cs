using FluentMigrator;

namespace Siaga.Database;

[Migration(2026_11_24_0001, "outbox")]
public sealed class OutboxMigration : AutoReversingMigration
{
    public override void Up() => Create.Table("outbox")
        .WithColumn("id").AsInt64().PrimaryKey().Identity()
        .WithColumn("message_id").AsString(100).NotNullable()
        .WithColumn("topic").AsString(100).NotNullable()
        .WithColumn("body").AsBinary(int.MaxValue).NotNullable()
        .WithColumn("message_group").AsString(100).Nullable()
        .WithColumn("trace_parent").AsString(100).Nullable()
        .WithColumn("created_at").AsDateTime2().NotNullable();
}
