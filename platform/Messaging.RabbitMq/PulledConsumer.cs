using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// Of a queue of several lanes: it takes a message whenever a hand is free, from the lanes in turn, so it holds what it can work on and not one
/// more, however many lanes there are, which a prefetch, counted a lane, could not promise. What tells it that there is something to take are
/// announcements of publishers; what nobody announced it finds by looking.
/// </summary>
internal sealed class PulledConsumer(Consumption consumption) : QueueConsumer(consumption)
{
    // A get waits for the server's disk: with many hands several wait side by side, each by a channel of its own.
    private const int MaxTakers = 8;

    private readonly IReadOnlyList<string> _lanes = consumption.Names.Lanes;
    private readonly SemaphoreSlim _arrival = new(0);

    // How many messages each lane has, as far as is known; a guess that costs a get when it is wrong.
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
            // A consumer that stops needs its channels until the last message in hand is settled.
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
            "", durable: false, exclusive: true, autoDelete: true, new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-max-length"] = 100 },
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

        // A channel that is gone is noticed at once, not at the next look.
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

        // The one that failed says why; the others were only told to end.
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
                throw new AlreadyClosedException(channel.CloseReason ?? new ShutdownEventArgs(ShutdownInitiator.Library, 0, "The channel is closed."));
            if (await NextAsync(channel, cancellationToken) is var (got, lane))
            {
                taken = true;
                Handle(Envelope.Of(got), channel, got.DeliveryTag, lane);

                // Another who waits may find more.
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

    /// <summary>The next message of the next lane that has one.</summary>
    private async Task<(BasicGetResult Got, string Lane)?> NextAsync(IChannel channel, CancellationToken cancellationToken)
    {
        // An empty lane is looked at, not taken from: that would be a line in the server's log on disk each time.
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

            // Others were faster; what was announced meanwhile stays announced.
            Interlocked.CompareExchange(ref _waiting[lane], 0, left);
        }

        return null;
    }

    /// <summary>One of the lane's messages is somebody's to take.</summary>
    /// <returns>How many are left, as far as is known; null: it has none.</returns>
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
