using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Siaga.Messaging.Embedded;

/// <summary>One connection to the broker's SQLite file. SQLite has a single writer, so calls on a connection run one at a time.</summary>
internal sealed class BrokerFile : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS messages (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          queue TEXT NOT NULL,
          message_id TEXT NOT NULL,
          body BLOB NOT NULL,
          message_group TEXT,
          trace_parent TEXT,
          attempts INTEGER NOT NULL DEFAULT 0,
          deaths INTEGER NOT NULL DEFAULT 0,
          published_at_ms INTEGER NOT NULL,
          visible_at_ms INTEGER NOT NULL,
          owner TEXT,
          lease_until_ms INTEGER NOT NULL DEFAULT 0,
          UNIQUE (queue, message_id));
        CREATE INDEX IF NOT EXISTS messages_next ON messages (queue, visible_at_ms, id);
        CREATE INDEX IF NOT EXISTS messages_owner ON messages (owner) WHERE owner IS NOT NULL;
        CREATE INDEX IF NOT EXISTS messages_next_of_group ON messages (queue, COALESCE(message_group, ''), visible_at_ms, id);
        CREATE TABLE IF NOT EXISTS dead_letters (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          queue TEXT NOT NULL,
          message_id TEXT NOT NULL,
          body BLOB NOT NULL,
          message_group TEXT,
          trace_parent TEXT,
          attempts INTEGER NOT NULL,
          code TEXT NOT NULL,
          reason TEXT NOT NULL,
          died_at_ms INTEGER NOT NULL);
        """;

    // SQLite's codes for a file that cannot be used at the moment: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
    private const int SqliteFull = 13;
    private static readonly int[] s_away = [5, 6, 8, 10, SqliteFull, 14];

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _full;
    private int _disposed;

    /// <param name="file">The database file.</param>
    /// <param name="flushEachCommit">
    /// True for publishing, where a commit is a promise. False where losing the last commits in a power cut only causes a redelivery.
    /// </param>
    public BrokerFile(string file, bool flushEachCommit)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        _connection.Open();
        // The driver itself polls a busy file every 150 ms; SQLite's own busy handler starts at 1 ms.
        Execute("PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=" + (flushEachCommit ? "FULL;" : "NORMAL;"));
        Execute(Schema);
        AddCrashes();
    }

    /// <summary>True when the last write failed because the disk was full.</summary>
    public bool IsFull => _full;

    /// <summary>A number that changes with every commit of another connection, in this process or another.</summary>
    public Task<long> VersionAsync(CancellationToken cancellationToken) => ReadAsync(
        () =>
        {
            using var command = Command("PRAGMA data_version", null);
            return (long)command.ExecuteScalar()!;
        },
        cancellationToken);

    /// <summary>Runs <paramref name="work"/> exclusively, in one immediate transaction.</summary>
    public async Task<T> InTransactionAsync<T>(Func<SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var result = work(transaction);
            transaction.Commit();
            _full = false;
            return result;
        }
        catch (SqliteException e) when (s_away.Contains(e.SqliteErrorCode))
        {
            _full = e.SqliteErrorCode == SqliteFull;
            throw Away(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs a read exclusively on this connection, without taking the write lock.</summary>
    public async Task<T> ReadAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        catch (SqliteException e) when (s_away.Contains(e.SqliteErrorCode))
        {
            throw Away(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Creates a command with parameters <c>$1</c>, <c>$2</c>, … in the order of <paramref name="values"/>.</summary>
    public SqliteCommand Command(string sql, SqliteTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text handed in here is a constant of this project; values go in as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue("$" + (i + 1).ToString(CultureInfo.InvariantCulture), values[i] ?? DBNull.Value);
        return command;
    }

    public void Dispose()
    {
        // A container disposes a broker once for each port that it was registered as.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        // A call that is still running must not lose its connection.
        _turn.Wait();
        _connection.Dispose();
        _turn.Dispose();
    }

    private static BrokerUnavailableException Away(SqliteException e) => new("The embedded broker's file cannot be used.", e);

    /// <summary>Adds the column for crashes: earlier versions counted deliveries that ended with the process as failed attempts.</summary>
    private void AddCrashes()
    {
        using var has = Command("SELECT COUNT(*) FROM pragma_table_info('messages') WHERE name = 'deaths'", null);
        if ((long)has.ExecuteScalar()! > 0)
            return;
        try
        {
            Execute("ALTER TABLE messages ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0");
        }
        catch (SqliteException e) when (e.Message.Contains("duplicate column", StringComparison.Ordinal))
        {
            // Another process on this machine added it first.
        }
    }

    private void Execute(string sql)
    {
        using var command = Command(sql, null);
        command.ExecuteNonQuery();
    }
}
