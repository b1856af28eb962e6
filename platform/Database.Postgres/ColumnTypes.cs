using System.Data;
using FluentMigrator.Runner.Generators.Base;
using FluentMigrator.Runner.Generators.Postgres;

namespace Siaga.Database.Postgres;

/// <summary>
/// What the migrations' columns are here. Times are always UTC. Texts have no length: how long each may be is a rule of its feature, told
/// where it is read and the same on every engine.
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
