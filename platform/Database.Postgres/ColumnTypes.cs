using System.Data;
using FluentMigrator.Runner.Generators.Base;
using FluentMigrator.Runner.Generators.Postgres;

namespace Siaga.Database.Postgres;

/// <summary>
/// Maps the migrations' column types to PostgreSQL's. Times are always UTC. Text columns have no length limit: the feature checks lengths
/// where it reads input, the same on every engine.
/// </summary>
internal sealed class ColumnTypes : TypeMapBase, IPostgresTypeMap
{
    public ColumnTypes() => SetupTypeMaps();

    protected override void SetupTypeMaps()
    {
        SetTypeMap(DbType.Binary, "bytea");
        SetTypeMap(DbType.Binary, "bytea", int.MaxValue);
        SetTypeMap(DbType.Boolean, "boolean");
        SetTypeMap(DbType.DateTime, "timestamptz");
        SetTypeMap(DbType.DateTime2, "timestamptz");
        SetTypeMap(DbType.DateTimeOffset, "timestamptz");
        SetTypeMap(DbType.Double, "float8");
        SetTypeMap(DbType.Int32, "integer");
        SetTypeMap(DbType.Int64, "bigint");
        SetTypeMap(DbType.String, "text");
        SetTypeMap(DbType.String, "text", int.MaxValue);
    }
}
