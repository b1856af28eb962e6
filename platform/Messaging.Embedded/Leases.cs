using Microsoft.Data.Sqlite;

namespace Siaga.Messaging.Embedded;

/// <summary>A message that this process holds.</summary>
internal sealed record Leased(long RowId, Delivery Delivery);

/// <summary>
/// Takes, renews and returns messages. Each call is one transaction and changes only what the process of <paramref name="mark"/> holds.
/// </summary>
internal sealed class Leases(BrokerFile file, ProcessLock mark, TimeSpan lease, TimeProvider time)
{
    // SQLite sorts every number before every text, even the empty one.
    private static readonly object s_beforeFirst = 0L;

    // Takes the oldest message of each group, and the groups in turn: a company with ten thousand clips does not delay the others.
    private const string NextSql = """
        SELECT id, COALESCE(message_group, '') FROM messages
        WHERE queue = $1 AND visible_at_ms <= $2 AND (owner IS NULL OR lease_until_ms < $2) AND COALESCE(message_group, '') > $3
        ORDER BY COALESCE(message_group, ''), visible_at_ms, id LIMIT 1
        """;

    private const string TakeSql = """
        UPDATE messages SET owner = $1, lease_until_ms = $2, attempts = attempts + (owner IS NULL),
        """ + " " + """
        deaths = deaths + (owner IS NOT NULL) WHERE id = $3
        RETURNING message_id, body, trace_parent, attempts, published_at_ms, deaths
        """;

    private const string BuryRowSql = """
        INSERT INTO dead_letters (queue, message_id, body, message_group, trace_parent, attempts, code, reason, died_at_ms)
        SELECT queue, message_id, body, message_group, trace_parent, attempts + deaths, $3, $4, $5
        """ + " FROM messages WHERE id = $1 AND owner = $2";

    // The first crash is followed by another delivery at once: usually the message is innocent, and a person may be waiting for the result.
    private const string FreeDeadSql = """
        UPDATE messages SET owner = NULL, attempts = attempts - 1, deaths = deaths + 1,
               visible_at_ms = $2 + CASE deaths WHEN 0 THEN 0 ELSE MIN(300000, 500 << MIN(deaths - 1, 10)) END
        WHERE owner = $1
        """;

    // The next delayed message, or the first lease that ends: a living process that does not renew one loses its message.
    private const string DueSql = """
        SELECT MIN(at) FROM (
          SELECT MIN(MAX(lease_until_ms, visible_at_ms)) AS at FROM messages WHERE owner IS NOT NULL AND queue = $1
          UNION ALL
          SELECT * FROM (SELECT visible_at_ms FROM messages WHERE queue = $1 AND visible_at_ms > $2 AND owner IS NULL
                         ORDER BY visible_at_ms LIMIT 1))
        """;

    private const string RemoveSql = "DELETE FROM messages WHERE id = $1 AND owner = $2";

    private readonly Dictionary<string, object> _lastGroups = new(StringComparer.Ordinal);

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long LeaseUntilMs => NowMs + (long)lease.TotalMilliseconds;

    /// <summary>Takes the next message of the group whose turn it is; null when there is none.</summary>
    public Task<Leased?> TakeAsync(string queue, CancellationToken cancellationToken) => file.InTransactionAsync(
        transaction =>
        {
            var last = _lastGroups.GetValueOrDefault(queue, s_beforeFirst);
            if ((Next(transaction, queue, last) ?? Next(transaction, queue, s_beforeFirst)) is not { } next)
                return null;
            _lastGroups[queue] = next.Group;
            using var command = file.Command(TakeSql, transaction, mark.Name, LeaseUntilMs, next.Id);
            using var row = command.ExecuteReader();
            row.Read();
            return new Leased(next.Id, new Delivery(
                row.GetString(0), queue, (byte[])row[1], row.IsDBNull(2) ? null : row.GetString(2), row.GetInt32(3) + row.GetInt32(5),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)), row.GetInt32(5)));
        },
        cancellationToken);

    /// <summary>True when a message could be taken; checks without the write lock.</summary>
    public Task<bool> AnyAsync(string queue, CancellationToken cancellationToken) => file.ReadAsync(
        () =>
        {
            using var command = file.Command(
                "SELECT 1 FROM messages WHERE queue = $1 AND visible_at_ms <= $2 AND (owner IS NULL OR lease_until_ms < $2) LIMIT 1",
                null, queue, NowMs);
            return command.ExecuteScalar() is not null;
        },
        cancellationToken);

    /// <summary>When the next message can be taken that is delayed or held now; null when there is none.</summary>
    public Task<TimeSpan?> DueInAsync(string queue, CancellationToken cancellationToken) => file.ReadAsync(
        () =>
        {
            var now = NowMs;
            using var command = file.Command(DueSql, null, queue, now);

            // A lease ends after its last millisecond.
            return command.ExecuteScalar() is long at ? TimeSpan.FromMilliseconds(Math.Max(0, at - now) + 1) : (TimeSpan?)null;
        },
        cancellationToken);

    public Task RenewAsync(CancellationToken cancellationToken) => RunAsync(
        transaction => file.Command("UPDATE messages SET lease_until_ms = $1 WHERE owner = $2", transaction, LeaseUntilMs, mark.Name),
        cancellationToken);

    public Task RemoveAsync(long rowId) =>
        RunAsync(transaction => file.Command(RemoveSql, transaction, rowId, mark.Name), CancellationToken.None);

    public Task DelayAsync(long rowId, TimeSpan delay) => RunAsync(
        transaction => file.Command(
            "UPDATE messages SET owner = NULL, visible_at_ms = $3 WHERE id = $1 AND owner = $2",
            transaction, rowId, mark.Name, NowMs + (long)delay.TotalMilliseconds),
        CancellationToken.None);

    /// <summary>As <see cref="DelayAsync"/>, but this delivery does not count as an attempt.</summary>
    public Task DeferAsync(long rowId, TimeSpan delay) => RunAsync(
        transaction => file.Command(
            "UPDATE messages SET owner = NULL, attempts = attempts - 1, visible_at_ms = $3 WHERE id = $1 AND owner = $2",
            transaction, rowId, mark.Name, NowMs + (long)delay.TotalMilliseconds),
        CancellationToken.None);

    /// <summary>Returns a message as if it had never been taken: a stopping process is not the message's fault.</summary>
    public Task ReturnAsync(long rowId) => RunAsync(
        transaction => file.Command(
            "UPDATE messages SET owner = NULL, attempts = attempts - 1 WHERE id = $1 AND owner = $2", transaction, rowId, mark.Name),
        CancellationToken.None);

    public Task BuryAsync(long rowId, string code, string reason) => file.InTransactionAsync(
        transaction =>
        {
            Run(file.Command(BuryRowSql, transaction, rowId, mark.Name, code, reason, NowMs));
            return Run(file.Command(RemoveSql, transaction, rowId, mark.Name));
        },
        CancellationToken.None);

    /// <summary>Releases the messages of crashed processes without waiting for their leases to expire.</summary>
    /// <returns>True while another living process holds a message.</returns>
    public async Task<bool> FreeDeadOwnersAsync(CancellationToken cancellationToken)
    {
        var owners = await file.ReadAsync(
            () =>
            {
                using var command = file.Command("SELECT DISTINCT owner FROM messages WHERE owner IS NOT NULL", null);
                using var rows = command.ExecuteReader();
                var names = new List<string>();
                while (rows.Read())
                    names.Add(rows.GetString(0));
                return names;
            },
            cancellationToken);
        var othersHoldSome = false;
        foreach (var owner in owners.Where(o => o != mark.Name))
        {
            if (mark.IsDead(owner))
                await RunAsync(transaction => file.Command(FreeDeadSql, transaction, owner, NowMs), cancellationToken);
            else
                othersHoldSome = true;
        }

        return othersHoldSome;
    }

    private (long Id, string Group)? Next(SqliteTransaction transaction, string queue, object after)
    {
        using var command = file.Command(NextSql, transaction, queue, NowMs, after);
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetString(1)) : null;
    }

    private static int Run(SqliteCommand command)
    {
        using (command)
            return command.ExecuteNonQuery();
    }

    private Task<int> RunAsync(Func<SqliteTransaction, SqliteCommand> command, CancellationToken cancellationToken) =>
        file.InTransactionAsync(transaction => Run(command(transaction)), cancellationToken);
}
