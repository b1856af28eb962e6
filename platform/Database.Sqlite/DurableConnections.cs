using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Siaga.Database.Sqlite;

/// <summary>Applies the pragmas that SQLite does not store in the file, on each new connection.</summary>
internal sealed class DurableConnections : DbConnectionInterceptor
{
    // The driver itself polls a busy file every 150 ms; SQLite's own busy handler starts at 1 ms.
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
