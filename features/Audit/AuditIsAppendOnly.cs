using FluentMigrator;

namespace Siaga.Audit;

/// <summary>The database itself refuses to change or remove an entry, so that neither a bug nor a person at a console can.</summary>
[Migration(2026_11_24_1611, "audit: only ever added to")]
public sealed class AuditIsAppendOnly : Migration
{
    public override void Up()
    {
        foreach (var change in (string[])["UPDATE", "DELETE"])
        {
            IfDatabase(IsSqlite).Execute.Sql(
                $"CREATE TRIGGER audit_no_{change.ToLowerInvariant()} BEFORE {change} ON audit "
                + "BEGIN SELECT RAISE(ABORT, 'audit is only ever added to'); END");
        }

        IfDatabase(IsPostgres).Execute.Sql(
            "CREATE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS $$ "
            + "BEGIN RAISE EXCEPTION 'audit is only ever added to'; END $$");
        IfDatabase(IsPostgres).Execute.Sql(
            "CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            + "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added()");
    }

    public override void Down()
    {
        IfDatabase(IsSqlite).Execute.Sql("DROP TRIGGER audit_no_update");
        IfDatabase(IsSqlite).Execute.Sql("DROP TRIGGER audit_no_delete");
        IfDatabase(IsPostgres).Execute.Sql("DROP TRIGGER audit_only_added ON audit");
        IfDatabase(IsPostgres).Execute.Sql("DROP FUNCTION audit_only_added()");
    }

    // FluentMigrator's names carry versions: "PostgreSQL15_0".
    private static bool IsPostgres(string database) => database.StartsWith("Postgre", StringComparison.OrdinalIgnoreCase);

    private static bool IsSqlite(string database) => database.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase);
}
