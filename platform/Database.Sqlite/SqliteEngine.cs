using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Siaga.Database.Sqlite;

/// <summary>A service's database in one SQLite file. A commit is on the disk when it returns: write-ahead log, synchronous FULL.</summary>
/// <param name="file">The database file; its folder must exist.</param>
public sealed class SqliteEngine(string file) : IDatabaseEngine
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteFull = 13;

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWriteCreate,
        ForeignKeys = true,

        // Writers queue for the single write lock; the driver tries again for this many seconds.
        DefaultTimeout = 30,
    }.ToString();

    public void Configure(DbContextOptionsBuilder options) =>
        options.UseSqlite(_connectionString).AddInterceptors(DurableConnections.Instance);

    public void Configure(IMigrationRunnerBuilder runner) => runner.AddSQLite().WithGlobalConnectionString(_connectionString);

    public bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey };

    public bool IsFull(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException as SqliteException)?.SqliteErrorCode == SqliteFull;
}
