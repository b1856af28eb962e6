using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Siaga.Primitives;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// The broker port on RabbitMQ: durable quorum queues, publisher confirms, acknowledgement after the handler. Delivers at least once. A
/// message published twice is delivered twice, because a queue does not know which ids it holds.
/// </summary>
public sealed class RabbitMqBroker : IMessagePublisher, IMessageBroker, IAsyncDisposable
{
    private static readonly TimeSpan s_depthsAge = TimeSpan.FromMilliseconds(200);

    private readonly RabbitMqOptions _options;
    private readonly Topology _topology;
    private readonly TimeProvider _time;
    private readonly IOutageLog _outages;
    private readonly ILogger<RabbitMqBroker> _logger;
    private readonly ServerAlarm _alarm;
    private readonly Dictionary<string, QueueNames> _names;
    private readonly Dictionary<string, LaneDepths> _depths = new(StringComparer.Ordinal);
    private readonly Link _publishing;
    private readonly Link _consuming;
    private readonly ConfirmedPublisher _publisher;
    private readonly Announcements _announcements;
    private readonly QueueAges _ages;

    // Reading dead letters holds them for a moment, so a second reader would find none.
    private readonly SemaphoreSlim _deadLook = new(1);

    public RabbitMqBroker(
        RabbitMqOptions options, Topology topology, TimeProvider time, IOutageLog outages, ILogger<RabbitMqBroker> logger)
    {
        (_options, _topology, _time, _outages, _logger) = (options, topology, time, outages, logger);
        _alarm = new ServerAlarm(time, logger);
        _names = topology.Queues.ToDictionary(
            q => q, q => new QueueNames(options.Prefix, q, topology.FairQueues.Contains(q, StringComparer.Ordinal)),
            StringComparer.Ordinal);
        _publishing = new Link(options, "publishing", (connection, cancellationToken) =>
        {
            _alarm.Watch(connection);
            return DeclareAsync(connection, cancellationToken);
        });
        _consuming = new Link(options, "consuming", DeclareAsync);
        _publisher = new ConfirmedPublisher(_publishing, _alarm, options.Patience);
        _announcements = new Announcements(
            _publishing, QueueNames.ArrivalsOf(options.Prefix), [.. _names.Values.Where(n => n.Lanes.Count > 1).SelectMany(n => n.Lanes)],
            options.Patience, logger);
        _ages = new QueueAges(time);
        foreach (var names in _names.Values.Where(n => n.Lanes.Count > 1))
            _depths[names.Queue] = new LaneDepths(names, s_depthsAge, time);
    }

    public async Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        var placements = new List<Placement>();
        var now = _time.GetUtcNow();
        foreach (var message in messages)
        {
            var envelope = Envelope.Of(message, now);
            foreach (var queue in _topology.QueuesOf(message.Topic))
                placements.Add(new Placement(await LaneForAsync(queue, message.Group, cancellationToken), envelope));
        }

        await _publisher.PublishAsync(placements, cancellationToken);
        await _announcements.SendAsync(placements.Select(p => p.Queue));
    }

    public async Task ConsumeAsync(
        Subscription subscription,
        Func<Delivery, CancellationToken, Task<HandlingResult>> handle,
        Func<Delivery, string, CancellationToken, Task> giveUp,
        CancellationToken cancellationToken)
    {
        var names = NamesOf(subscription.Queue);
        var settlement = new Settlement(_publisher, names, subscription, handle, giveUp, (_time, _outages, _logger));
        var consumption = new Consumption(
            _consuming, names, subscription,
            async (message, channel, tag, lane) =>
            {
                using var held = _ages.Hold(subscription.Queue, message.PublishedAt);
                await settlement.RunAsync(message, channel, tag, lane, cancellationToken);
            },
            _options, (_outages, _logger));
        using QueueConsumer consumer = names.Lanes.Count > 1 ? new PulledConsumer(consumption) : new PushedConsumer(consumption);
        await consumer.RunAsync(cancellationToken);
    }

    public async Task<string?> FindBlockAsync(CancellationToken cancellationToken) => await ExpectedFailures.AnsweringAsync(
        () => _publisher.FindAlarmAsync(QueueNames.ArrivalsOf(_options.Prefix), cancellationToken), cancellationToken) is { } reason
        ? $"its alarm: {reason}"
        : null;

    public Task<IReadOnlyList<QueueStatus>> GetQueuesAsync(CancellationToken cancellationToken) =>
        ExpectedFailures.AnsweringAsync(() => LookAsync(cancellationToken), cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> GetDeadLettersAsync(int limit, CancellationToken cancellationToken) =>
        AloneAsync<IReadOnlyList<DeadLetter>>(
            async () =>
            {
                var connection = await _consuming.GetAsync(cancellationToken);
                var letters = new List<DeadLetter>();
                foreach (var names in _names.Values)
                    letters.AddRange(await DeadLetters.PeekAsync(connection, names, limit, cancellationToken));
                return [.. letters.OrderBy(l => l.DiedAt).Take(limit)];
            },
            cancellationToken);

    public Task<bool> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        foreach (var names in _names.Values)
        {
            var found = await DeadLetters.TakeAsync(await _consuming.GetAsync(cancellationToken), names, id, async message =>
            {
                var lane = await LaneForAsync(names.Queue, message.Group, cancellationToken);
                await _publisher.PublishAsync([new Placement(lane, message.AsNew(_time.GetUtcNow()))], cancellationToken);
                await _announcements.SendAsync([lane]);
            }, cancellationToken);
            if (found)
                return true;
        }

        return false;
    }, cancellationToken);

    public Task<bool> DropDeadLetterAsync(long id, CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        foreach (var names in _names.Values)
        {
            if (await DeadLetters.TakeAsync(
                await _consuming.GetAsync(cancellationToken), names, id, _ => Task.CompletedTask, cancellationToken))
                return true;
        }

        return false;
    }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _publishing.DisposeAsync();
        await _consuming.DisposeAsync();
        _publisher.Dispose();
        _deadLook.Dispose();
        foreach (var depths in _depths.Values)
            depths.Dispose();
    }

    private async Task<IReadOnlyList<QueueStatus>> LookAsync(CancellationToken cancellationToken)
    {
        var connection = await _consuming.GetAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var statuses = new List<QueueStatus>();
        foreach (var names in _names.Values)
        {
            long waiting = 0;
            foreach (var queue in names.Lanes.Concat(names.Waits))
                waiting += (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
            var dead = (await channel.QueueDeclarePassiveAsync(names.Dead, cancellationToken)).MessageCount;
            statuses.Add(_ages.Status(names.Queue, waiting, dead));
        }

        return statuses;
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> look, CancellationToken cancellationToken)
    {
        await _deadLook.WaitAsync(cancellationToken);
        try
        {
            return await ExpectedFailures.AnsweringAsync(look, cancellationToken);
        }
        finally
        {
            _deadLook.Release();
        }
    }

    private QueueNames NamesOf(string queue) =>
        _names.TryGetValue(queue, out var names) ? names : throw new InvalidOperationException($"There is no queue '{queue}'.");

    /// <summary>Declares missing queues and exchanges. Idempotent, and safe from every process.</summary>
    private async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(
            QueueNames.ArrivalsOf(_options.Prefix), ExchangeType.Direct, durable: true, autoDelete: false,
            cancellationToken: cancellationToken);
        foreach (var names in _names.Values)
        {
            foreach (var (name, arguments) in names.Declarations())
                await channel.QueueDeclareAsync(
                    name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);

            // A message published here waits in this queue and keeps its routing key for the way back.
            foreach (var wait in names.Waits)
            {
                await channel.ExchangeDeclareAsync(
                    wait, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
                await channel.QueueBindAsync(wait, wait, "", cancellationToken: cancellationToken);
            }
        }
    }

    private async Task<string> LaneForAsync(string queue, string? group, CancellationToken cancellationToken)
    {
        var names = NamesOf(queue);
        if (!_depths.TryGetValue(queue, out var depths))
            return names.Lanes[0];

        // Ask on the consuming connection: on the publishing one an alarm would leave the question unread.
        var lane = await ExpectedFailures.AnsweringAsync(
            () => depths.ChooseAsync(_consuming, group ?? "", cancellationToken), cancellationToken);
        return names.Lanes[lane];
    }
}
