using System.Data.Common;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Generators.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Siaga.Database.Postgres;

/// <summary>A service's database on a PostgreSQL server, with its connection pool.</summary>
public sealed class PostgresEngine : IDatabaseEngine, IDisposable
{
    // Any number works as long as every version of Siaga uses the same one: "siaga" in ASCII.
    private const long MigrationLock = 0x7369616761;

    private const string ChangesChannel = "siaga_changes";

    // A row in an existing table usually fits into an existing page, even on a full disk. A row in a
    // new table needs a new page, as clips do in the long run, and without a commit no table stays
    // behind. It must not go to a tablespace for temporary tables, which may be on another disk.
    private const string NeedRoom = """
        SET LOCAL temp_tablespaces = '';
        CREATE TEMPORARY TABLE siaga_room (filler int) ON COMMIT DROP;
        INSERT INTO siaga_room VALUES (1);
        """;

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _source;
    // For connections outside the pool, without a statement timeout.
    private readonly string _ownConnection;

    /// <exception cref="ArgumentException">The connection string is invalid.</exception>
    public PostgresEngine(PostgresOptions options)
    {
        _source = NpgsqlDataSource.Create(options.Connection(forMigrations: false));
        _ownConnection = options.Connection(forMigrations: true);
    }

    public string Name => "postgres";

    public bool IsShared => true;

    public void Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(_source, npgsql => npgsql.ExecutionStrategy(dependencies => new SafeRetries(dependencies)));

    public DbConnection CreateConnection() => _source.CreateConnection();

    public void Configure(IMigrationRunnerBuilder runner)
    {
        runner.AddPostgres15_0().WithGlobalConnectionString(_ownConnection).WithGlobalCommandTimeout(Timeout.InfiniteTimeSpan);
        runner.Services.AddScoped<IPostgresTypeMap, ColumnTypes>();
    }

    public async Task<IAsyncDisposable> LockForMigrationAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_ownConnection);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { CommandTimeout = 0 };
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = MigrationLock });
            await command.ExecuteNonQueryAsync(cancellationToken);

            // The lock ends when the connection closes, for whatever reason.
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task LockAsync(DatabaseFacade database, string name, CancellationToken cancellationToken) =>
        database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);

    public Task NotifyAsync(DatabaseFacade database, string topic, CancellationToken cancellationToken) =>
        database.ExecuteSqlAsync($"SELECT pg_notify({ChangesChannel}, {topic})", cancellationToken);

    public async Task ListenAsync(Action begun, Action<string> heard, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_ownConnection);
        connection.Notification += (_, e) => heard(e.Payload);
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {ChangesChannel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        begun();
        await using var probe = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = (int)s_silence.TotalSeconds };
        while (true)
        {
            // Only a query detects a connection that was lost silently.
            if (!await connection.WaitAsync(s_silence, cancellationToken))
                await probe.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public string UnixMs(string column) => $"(date_part('epoch', {column}) * 1000)::bigint";

    public async Task<bool> HasRoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(NeedRoom, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
            await transaction.RollbackAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (PostgresFailures.Of(e) == DatabaseFailure.Full)
        {
            return false;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // A user who may not create temporary tables will find out when the first clip is written.
            return true;
        }
    }

    public DatabaseFailure? FailureOf(Exception exception) => PostgresFailures.Of(exception);

    public void Dispose() => _source.Dispose();
}
