using System.Data.Common;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Siaga.Database.Sqlite;

/// <summary>A service's database in one SQLite file. A commit is on the disk when it returns (write-ahead log, synchronous FULL).</summary>
/// <param name="file">The database file; its folder must exist.</param>
public sealed class SqliteEngine(string file) : IDatabaseEngine
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    // A commit needs a few pages of the log. Less free space than this counts as a full disk. Bytes.
    private const long LeastRoom = 1 << 20;

    // A migration over many rows takes minutes.
    private static readonly TimeSpan s_migrationWait = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_migrationPoll = TimeSpan.FromMilliseconds(100);

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWriteCreate,
        ForeignKeys = true,

        // Writers wait for the single write lock; the driver retries for this many seconds.
        DefaultTimeout = 30,
    }.ToString();

    public string Name => "sqlite";

    // Only one process at a time uses the data folder.
    public bool IsShared => false;

    public void Configure(DbContextOptionsBuilder options) =>
        options.UseSqlite(_connectionString).AddInterceptors(DurableConnections.Instance);

    public DbConnection CreateConnection() => new SqliteConnection(_connectionString);

    public void Configure(IMigrationRunnerBuilder runner) => runner.AddSQLite().WithGlobalConnectionString(_connectionString);

    public async Task<IAsyncDisposable> LockForMigrationAsync(CancellationToken cancellationToken)
    {
        // Keep the lock file: if it were removed, two processes could each lock a different file of the same name.
        for (var started = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(file + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(started) < s_migrationWait && File.Exists(file + ".migrating"))
            {
                await Task.Delay(s_migrationPoll, cancellationToken);
            }
        }
    }

    /// <summary>Does nothing: a transaction that is not deferred is already the only writer until it ends.</summary>
    public Task LockAsync(DatabaseFacade database, string name, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does nothing: only one process uses the file.</summary>
    public Task NotifyAsync(DatabaseFacade database, string topic, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ListenAsync(Action begun, Action<string> heard, CancellationToken cancellationToken)
    {
        begun();
        return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    /// <summary>Asks the disk for its free space, because SQLite keeps a write in memory until the commit.</summary>
    public Task<bool> HasRoomAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new DriveInfo(Path.GetFullPath(file)).AvailableFreeSpace >= LeastRoom);

    public string UnixMs(string column) => $"CAST(ROUND((julianday({column}) - 2440587.5) * 86400000) AS INTEGER)";

    public DatabaseFailure? FailureOf(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException as SqliteException) switch
        {
            { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey } => DatabaseFailure.UniqueViolation,
            { SqliteErrorCode: SqliteFull } => DatabaseFailure.Full,
            { SqliteErrorCode: SqliteBusy or SqliteLocked or SqliteIoError or SqliteCannotOpen } => DatabaseFailure.Unavailable,
            _ => null,
        };
}
