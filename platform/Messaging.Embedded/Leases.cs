using Microsoft.Data.Sqlite;

namespace Siaga.Messaging.Embedded;

/// <summary>A message that this process holds.</summary>
/// <param name="RowId">Its row.</param>
/// <param name="Delivery">What the handler sees.</param>
internal sealed record Leased(long RowId, Delivery Delivery);

/// <summary>Taking, renewing and giving back messages. Each call is one transaction, and touches only what <paramref name="mark"/>'s process holds.</summary>
internal sealed class Leases(BrokerFile file, ProcessMark mark, TimeSpan lease, TimeProvider time)
{
    private const string TakeSql = """
        UPDATE messages SET owner = $1, lease_until_ms = $2, attempts = attempts + (owner IS NULL), deaths = deaths + (owner IS NOT NULL)
        WHERE id IN (SELECT id FROM messages WHERE queue = $3 AND visible_at_ms <= $4 AND (owner IS NULL OR lease_until_ms < $4)
                     ORDER BY visible_at_ms, id LIMIT $5)
        RETURNING id, message_id, body, trace_parent, attempts, published_at_ms, deaths
        """;

    private const string BuryRowSql = """
        INSERT INTO dead_letters (queue, message_id, body, message_group, trace_parent, attempts, code, reason, died_at_ms)
        SELECT queue, message_id, body, message_group, trace_parent, attempts + deaths, $3, $4, $5 FROM messages WHERE id = $1 AND owner = $2
        """;

    // The first death is followed by another delivery at once: mostly the message is innocent, and somebody waits for it.
    private const string FreeDeadSql = """
        UPDATE messages SET owner = NULL, attempts = attempts - 1, deaths = deaths + 1,
               visible_at_ms = $2 + CASE deaths WHEN 0 THEN 0 ELSE MIN(300000, 500 << MIN(deaths - 1, 10)) END
        WHERE owner = $1
        """;

    private const string RemoveSql = "DELETE FROM messages WHERE id = $1 AND owner = $2";

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long LeaseUntilMs => NowMs + (long)lease.TotalMilliseconds;

    public Task<List<Leased>> TakeAsync(string queue, int atMost, CancellationToken cancellationToken) => file.InTransactionAsync(
        transaction =>
        {
            using var command = file.Command(TakeSql, transaction, mark.Name, LeaseUntilMs, queue, NowMs, atMost);
            using var rows = command.ExecuteReader();
            var taken = new List<Leased>();
            while (rows.Read())
            {
                taken.Add(new Leased(rows.GetInt64(0), new Delivery(
                    rows.GetString(1), queue, (byte[])rows[2], rows.IsDBNull(3) ? null : rows.GetString(3), rows.GetInt32(4) + rows.GetInt32(6),
                    DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(5)), rows.GetInt32(6))));
            }

            taken.Sort((a, b) => a.RowId.CompareTo(b.RowId));
            return taken;
        },
        cancellationToken);

    /// <summary>True when something could be taken; a look that needs no write lock.</summary>
    public Task<bool> AnyAsync(string queue, CancellationToken cancellationToken) => file.ReadAsync(
        () =>
        {
            using var command = file.Command(
                "SELECT 1 FROM messages WHERE queue = $1 AND visible_at_ms <= $2 AND (owner IS NULL OR lease_until_ms < $2) LIMIT 1",
                null, queue, NowMs);
            return command.ExecuteScalar() is not null;
        },
        cancellationToken);

    public Task RenewAsync(CancellationToken cancellationToken) => RunAsync(
        transaction => file.Command("UPDATE messages SET lease_until_ms = $1 WHERE owner = $2", transaction, LeaseUntilMs, mark.Name), cancellationToken);

    public Task RemoveAsync(long rowId) =>
        RunAsync(transaction => file.Command(RemoveSql, transaction, rowId, mark.Name), CancellationToken.None);

    public Task DelayAsync(long rowId, TimeSpan delay) => RunAsync(
        transaction => file.Command(
            "UPDATE messages SET owner = NULL, visible_at_ms = $3 WHERE id = $1 AND owner = $2",
            transaction, rowId, mark.Name, NowMs + (long)delay.TotalMilliseconds),
        CancellationToken.None);

    /// <summary>Gives a message back as if it had never been taken: a stopping process is not the message's fault.</summary>
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

    /// <summary>Frees what dead processes held, without waiting for their leases to end.</summary>
    public async Task FreeDeadOwnersAsync(CancellationToken cancellationToken)
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
        foreach (var owner in owners.Where(mark.IsDead))
        {
            await RunAsync(
                transaction => file.Command(FreeDeadSql, transaction, owner, NowMs), cancellationToken);
        }
    }

    private static int Run(SqliteCommand command)
    {
        using (command)
            return command.ExecuteNonQuery();
    }

    private Task<int> RunAsync(Func<SqliteTransaction, SqliteCommand> command, CancellationToken cancellationToken) =>
        file.InTransactionAsync(transaction => Run(command(transaction)), cancellationToken);
}
