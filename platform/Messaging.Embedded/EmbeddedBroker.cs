using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Messaging.Embedded;

/// <summary>
/// A durable broker inside the process: one SQLite file, shared by all processes of a machine that use the same folder. Delivers at least
/// once, to one consumer at a time. A crashed process is detected by its released file lock.
/// </summary>
public sealed class EmbeddedBroker : IMessagePublisher, IMessageBroker, IDisposable
{
    private const string PublishSql = """
        INSERT INTO messages (queue, message_id, body, message_group, trace_parent, published_at_ms, visible_at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (queue, message_id) DO NOTHING
        """;

    private const string StatusSql = """
        SELECT COALESCE(SUM(owner IS NULL), 0), COALESCE(SUM(owner IS NOT NULL), 0), COALESCE(MIN(published_at_ms), $2),
               (SELECT COUNT(*) FROM dead_letters WHERE queue = $1)
        FROM messages WHERE queue = $1
        """;

    private const string ReplaySql = """
        INSERT INTO messages (queue, message_id, body, message_group, trace_parent, published_at_ms, visible_at_ms)
        SELECT queue, message_id, body, message_group, trace_parent, $2, $2 FROM dead_letters WHERE id = $1
        ON CONFLICT (queue, message_id) DO NOTHING
        """;

    // Less free space than this on the broker's disk counts as full. Bytes.
    private const long LeastRoom = 1 << 20;

    private const string DropSql = "DELETE FROM dead_letters WHERE id = $1";

    private readonly EmbeddedBrokerOptions _options;
    private readonly Topology _topology;
    private readonly TimeProvider _time;
    private readonly IOutageLog _outages;
    private readonly ILogger<EmbeddedBroker> _logger;
    private readonly BrokerFile _publishing;
    private readonly BrokerFile _consuming;
    private readonly ProcessLock _mark;
    private readonly BrokerFile _watched;
    private readonly Leases _leases;
    private readonly FileWatch _watch;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _arrivals = new(StringComparer.Ordinal);

    public EmbeddedBroker(
        EmbeddedBrokerOptions options, Topology topology, TimeProvider time, IOutageLog outages, ILogger<EmbeddedBroker> logger)
    {
        _outages = outages;
        _options = options;
        _topology = topology;
        _time = time;
        _logger = logger;
        Directory.CreateDirectory(options.Folder);
        var file = Path.Combine(options.Folder, "broker.db");
        _publishing = new BrokerFile(file, flushEachCommit: true);
        _consuming = new BrokerFile(file, flushEachCommit: false);
        _mark = new ProcessLock(options.Folder);
        _leases = new Leases(_consuming, _mark, options.Lease, time);
        _watched = new BrokerFile(file, flushEachCommit: false);
        _watch = new FileWatch(_watched, _leases, options, time, WakeAll, (outages, logger));
    }

    public async Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var queues = messages.SelectMany(m => _topology.QueuesOf(m.Topic)).Distinct(StringComparer.Ordinal).ToList();
        await _publishing.InTransactionAsync(
            transaction =>
            {
                foreach (var message in messages)
                {
                    foreach (var queue in _topology.QueuesOf(message.Topic))
                    {
                        using var command = _publishing.Command(
                            PublishSql, transaction, queue, message.Id, message.Body.ToArray(), message.Group, message.TraceParent, now);
                        command.ExecuteNonQuery();
                    }
                }

                return 0;
            },
            cancellationToken);
        foreach (var queue in queues)
            Wake(queue);
    }

    public async Task ConsumeAsync(
        Subscription subscription,
        Func<Delivery, CancellationToken, Task<HandlingResult>> handle,
        Func<Delivery, string, CancellationToken, Task> giveUp,
        CancellationToken cancellationToken)
    {
        var consumer = new QueueConsumer(_leases, subscription, handle, giveUp, Arrival(subscription.Queue), (_outages, _logger));
        _watch.Start();
        await consumer.RunAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<QueueStatus>> GetQueuesAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var statuses = new List<QueueStatus>();
        foreach (var queue in _topology.Queues)
        {
            statuses.Add(await _consuming.ReadAsync(
                () =>
                {
                    using var command = _consuming.Command(StatusSql, null, queue, now);
                    using var row = command.ExecuteReader();
                    row.Read();
                    return new QueueStatus(
                        queue, row.GetInt64(0), row.GetInt64(1), Math.Max(0, now - row.GetInt64(2)) / 1000.0, row.GetInt64(3));
                },
                cancellationToken));
        }

        return statuses;
    }

    public Task<string?> FindBlockAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_publishing.IsFull || new DriveInfo(_options.Folder).AvailableFreeSpace < LeastRoom ? "its disk is full" : null);

    public Task<IReadOnlyList<DeadLetter>> GetDeadLettersAsync(int limit, CancellationToken cancellationToken) => _consuming.ReadAsync(
        () =>
        {
            using var command = _consuming.Command(
                "SELECT id, message_id, queue, body, code, reason, attempts, died_at_ms FROM dead_letters ORDER BY id LIMIT $1", null,
                limit);
            using var rows = command.ExecuteReader();
            var letters = new List<DeadLetter>();
            while (rows.Read())
            {
                letters.Add(new DeadLetter(
                    rows.GetInt64(0), rows.GetString(1), rows.GetString(2), (byte[])rows[3], rows.GetString(4), rows.GetString(5),
                    rows.GetInt32(6), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(7))));
            }

            return (IReadOnlyList<DeadLetter>)letters;
        },
        cancellationToken);

    public async Task<bool> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken)
    {
        // Consumers in other processes find the message at their next look at the file.
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return await _publishing.InTransactionAsync(
            transaction =>
            {
                using var replay = _publishing.Command(ReplaySql, transaction, id, now);
                replay.ExecuteNonQuery();
                using var drop = _publishing.Command(DropSql, transaction, id);
                return drop.ExecuteNonQuery() == 1;
            },
            cancellationToken);
    }

    public Task<bool> DropDeadLetterAsync(long id, CancellationToken cancellationToken) => _publishing.InTransactionAsync(
        transaction =>
        {
            using var drop = _publishing.Command(DropSql, transaction, id);
            return drop.ExecuteNonQuery() == 1;
        },
        cancellationToken);

    public void Dispose()
    {
        _watch.Dispose();
        _publishing.Dispose();
        _consuming.Dispose();
        _watched.Dispose();
        _mark.Dispose();
    }

    private void WakeAll()
    {
        foreach (var queue in _arrivals.Keys)
            Wake(queue);
    }

    private SemaphoreSlim Arrival(string queue) => _arrivals.GetOrAdd(queue, _ => new SemaphoreSlim(0));

    private void Wake(string queue)
    {
        var arrival = Arrival(queue);
        if (arrival.CurrentCount == 0)
            arrival.Release();
    }
}
