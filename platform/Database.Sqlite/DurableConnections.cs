using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Siaga.Database.Sqlite;

/// <summary>Sets what SQLite forgets with each connection.</summary>
internal sealed class DurableConnections : DbConnectionInterceptor
{
    // The driver itself waits for a busy file in steps of 150 ms; SQLite begins with one.
    private const string Pragmas = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";

    public static DurableConnections Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
