using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// The consumer of a queue with several lanes. It pulls a message whenever a slot is free, from the lanes in turn, so it never holds more
/// than it can work on. A prefetch could not guarantee that, because it counts per lane. Publishers announce new messages; those that were
/// not announced are found by polling.
/// </summary>
internal sealed class PulledConsumer(Consumption consumption) : QueueConsumer(consumption)
{
    // A get waits for the server's disk. With many slots several gets run in parallel, each on its own channel.
    private const int MaxTakers = 8;

    private readonly IReadOnlyList<string> _lanes = consumption.Names.Lanes;
    private readonly SemaphoreSlim _arrival = new(0);

    // Estimated messages a lane. A wrong estimate costs one get.
    private readonly long[] _waiting = new long[consumption.Names.Lanes.Count];
    private int _turn;
    private long _lookedAt;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _arrival.Dispose();
        base.Dispose(disposing);
    }

    protected override async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var channels = new List<IChannel>();
        try
        {
            for (var i = 0; i < Math.Min(Consumption.Subscription.Concurrency, MaxTakers); i++)
                channels.Add(await connection.CreateChannelAsync(cancellationToken: cancellationToken));
            await ListenAsync(channels[0], cancellationToken);
            Consuming();
            await TakeTogetherAsync(channels, cancellationToken);
        }
        finally
        {
            // A stopping consumer needs its channels until the last message is settled.
            if (cancellationToken.IsCancellationRequested)
                await DrainAsync();
            foreach (var channel in channels)
                await channel.DisposeAsync();
        }
    }

    private async Task ListenAsync(IChannel channel, CancellationToken cancellationToken)
    {
        Array.Clear(_waiting);
        _lookedAt = 0;
        var heard = await channel.QueueDeclareAsync(
            "", durable: false, exclusive: true, autoDelete: true,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-max-length"] = 100 },
            cancellationToken: cancellationToken);
        foreach (var lane in _lanes)
            await channel.QueueBindAsync(heard.QueueName, Consumption.Names.Arrivals, lane, cancellationToken: cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) =>
        {
            if (IndexOf(e.RoutingKey) is >= 0 and var lane)
                Interlocked.Increment(ref _waiting[lane]);
            Wake();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(heard.QueueName, autoAck: true, consumer, cancellationToken);

        // Notice a closed channel at once, not at the next poll.
        channel.ChannelShutdownAsync += (_, _) =>
        {
            Wake();
            return Task.CompletedTask;
        };
    }

    private async Task TakeTogetherAsync(List<IChannel> channels, CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Func<Task> end = together.CancelAsync;
        var stop = together.Token;
        var takers = channels.Select(c => TakeAllAsync(c, end, stop)).ToList();
        await Task.WhenAll(takers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Await the taker that failed to get its exception; the others were only cancelled.
        await (takers.Find(t => t.IsFaulted) ?? takers[0]);
    }

    private async Task TakeAllAsync(IChannel channel, Func<Task> endAll, CancellationToken stop)
    {
        try
        {
            while (true)
                await TakeAsync(channel, stop);
        }
        finally
        {
            await endAll();
        }
    }

    private async Task TakeAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await Hands.WaitAsync(cancellationToken);
        var taken = false;
        try
        {
            if (!channel.IsOpen)
                throw new AlreadyClosedException(
                    channel.CloseReason ?? new ShutdownEventArgs(ShutdownInitiator.Library, 0, "The channel is closed."));
            if (await NextAsync(channel, cancellationToken) is var (got, lane))
            {
                taken = true;
                Handle(Envelope.Of(got), channel, got.DeliveryTag, lane);

                // Another waiting taker may find more.
                if (Array.Exists(_waiting, w => w > 0))
                    Wake();
            }
        }
        finally
        {
            if (!taken)
                Hands.Release();
        }

        if (!taken)
            await _arrival.WaitAsync(Consumption.Options.Poll, cancellationToken);
    }

    /// <summary>Gets the next message of the next lane that has one.</summary>
    private async Task<(BasicGetResult Got, string Lane)?> NextAsync(IChannel channel, CancellationToken cancellationToken)
    {
        // Ask for the lane's depth instead of getting from an empty lane: each get would write a line to the server's log on disk.
        if (Environment.TickCount64 - Volatile.Read(ref _lookedAt) >= Consumption.Options.Poll.TotalMilliseconds)
            await LookAsync(channel, cancellationToken);
        for (var i = 0; i < _lanes.Count; i++)
        {
            var lane = (int)((uint)Interlocked.Increment(ref _turn) % (uint)_lanes.Count);
            if (Claim(lane) is not { } left)
                continue;
            if (await channel.BasicGetAsync(_lanes[lane], autoAck: false, cancellationToken) is { } got)
            {
                Interlocked.CompareExchange(ref _waiting[lane], got.MessageCount, 0);
                return (got, _lanes[lane]);
            }

            // Other consumers were faster. Keep the count if messages were announced in the meantime.
            Interlocked.CompareExchange(ref _waiting[lane], 0, left);
        }

        return null;
    }

    /// <summary>Claims one of the lane's messages for this taker.</summary>
    /// <returns>The estimated number left; null when the lane is empty.</returns>
    private long? Claim(int lane)
    {
        while (Interlocked.Read(ref _waiting[lane]) is > 0 and var known)
        {
            if (Interlocked.CompareExchange(ref _waiting[lane], known - 1, known) == known)
                return known - 1;
        }

        return null;
    }

    private async Task LookAsync(IChannel channel, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _lookedAt, Environment.TickCount64);
        for (var i = 0; i < _lanes.Count; i++)
            Interlocked.Exchange(ref _waiting[i], (await channel.QueueDeclarePassiveAsync(_lanes[i], cancellationToken)).MessageCount);
    }

    private int IndexOf(string lane)
    {
        for (var i = 0; i < _lanes.Count; i++)
        {
            if (_lanes[i] == lane)
                return i;
        }

        return -1;
    }

    private void Wake()
    {
        if (_arrival.CurrentCount == 0)
            _arrival.Release();
    }
}
