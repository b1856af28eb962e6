using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// The loop of one consumer of one queue. It takes a message whenever a hand is free, from the lanes in turn: so it holds what it can work on
/// and not one more, however many lanes there are, which a prefetch, counted a lane, could not promise. What tells it that there is something
/// to take are announcements of publishers; what nobody announced it finds by looking.
/// </summary>
internal sealed partial class LaneConsumer(
    Link link, QueueNames names, string arrivals, Subscription subscription, Func<Envelope, IChannel, ulong, string, Task> settle, RabbitMqOptions options, ILogger logger)
    : IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _free = new(subscription.Concurrency);
    private readonly SemaphoreSlim _arrival = new(0);
    private readonly long[] _waiting = new long[names.Lanes.Count];
    private int _lane;
    private long _lookedAt;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            IConnection? connection = null;
            try
            {
                connection = await link.GetAsync(cancellationToken);
                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                await ListenAsync(channel, cancellationToken);
                if (failures > 0)
                    LogBack(subscription.Queue);
                failures = 0;
                try
                {
                    while (true)
                        await TakeAsync(channel, cancellationToken);
                }
                finally
                {
                    // A consumer that stops needs its channel until the last message in hand is settled.
                    if (cancellationToken.IsCancellationRequested)
                        await DrainAsync();
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // For ever: a broker that is away comes back. What is in hand goes on; the broker delivers it again.
                if (failures++ == 0)
                    LogFailure(e, subscription.Queue);
                if (connection is not null && e is TimeoutException or OperationCanceledException)
                    await Link.DropAsync(connection!);
                await Task.Delay(Pause(failures), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await DrainAsync();
    }

    public void Dispose()
    {
        _free.Dispose();
        _arrival.Dispose();
    }

    private static TimeSpan Pause(int failures)
    {
        var doubled = s_firstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        return (doubled < s_longestPause ? doubled : s_longestPause) * (0.5 + Random.Shared.NextDouble());
    }

    /// <summary>Whoever holds a message gives its hand back when it has settled it.</summary>
    private async Task DrainAsync()
    {
        for (var i = 0; i < subscription.Concurrency; i++)
            await _free.WaitAsync(CancellationToken.None);
        _free.Release(subscription.Concurrency);
    }

    private async Task ListenAsync(IChannel channel, CancellationToken cancellationToken)
    {
        Array.Clear(_waiting);
        _lookedAt = 0;
        var heard = await channel.QueueDeclareAsync(
            "", durable: false, exclusive: true, autoDelete: true, new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-max-length"] = 100 },
            cancellationToken: cancellationToken);
        foreach (var lane in names.Lanes)
            await channel.QueueBindAsync(heard.QueueName, arrivals, lane, cancellationToken: cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) =>
        {
            if (IndexOf(e.RoutingKey) is >= 0 and var lane)
                Interlocked.CompareExchange(ref _waiting[lane], 1, 0);
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

    private async Task TakeAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        var taken = false;
        try
        {
            if (!channel.IsOpen)
                throw new AlreadyClosedException(channel.CloseReason ?? new ShutdownEventArgs(ShutdownInitiator.Library, 0, "The channel is closed."));
            if (await NextAsync(channel, cancellationToken) is { } got)
            {
                taken = true;
                var lane = names.Lanes[_lane];

                // Off the thread that keeps the connection alive, however long the work takes.
                _ = Task.Run(() => SettleAsync(got, channel, lane), CancellationToken.None);
            }
        }
        finally
        {
            if (!taken)
                _free.Release();
        }

        if (!taken)
            await _arrival.WaitAsync(options.Poll, cancellationToken);
    }

    private async Task SettleAsync(BasicGetResult got, IChannel channel, string lane)
    {
        try
        {
            await settle(Envelope.Of(got), channel, got.DeliveryTag, lane);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>The next message of the next lane that has one.</summary>
    private async Task<BasicGetResult?> NextAsync(IChannel channel, CancellationToken cancellationToken)
    {
        // An empty lane is looked at, not taken from: that would be a line in the server's log on disk each time.
        var look = Environment.TickCount64 - Volatile.Read(ref _lookedAt) >= options.Poll.TotalMilliseconds;
        if (look)
            await LookAsync(channel, cancellationToken);
        for (var i = 1; i <= names.Lanes.Count; i++)
        {
            var lane = (_lane + i) % names.Lanes.Count;
            if (Interlocked.Read(ref _waiting[lane]) == 0)
                continue;
            Interlocked.Exchange(ref _waiting[lane], 0);
            if (await channel.BasicGetAsync(names.Lanes[lane], autoAck: false, cancellationToken) is not { } got)
                continue;
            if (got.MessageCount > 0)
                Interlocked.Exchange(ref _waiting[lane], got.MessageCount);
            _lane = lane;
            return got;
        }

        return null;
    }

    private async Task LookAsync(IChannel channel, CancellationToken cancellationToken)
    {
        for (var i = 0; i < names.Lanes.Count; i++)
        {
            var lane = await channel.QueueDeclarePassiveAsync(names.Lanes[i], cancellationToken);
            if (lane.MessageCount > 0)
                Interlocked.Exchange(ref _waiting[i], lane.MessageCount);
        }

        Volatile.Write(ref _lookedAt, Environment.TickCount64);
    }

    private int IndexOf(string lane)
    {
        for (var i = 0; i < names.Lanes.Count; i++)
        {
            if (names.Lanes[i] == lane)
                return i;
        }

        return -1;
    }

    private void Wake()
    {
        if (_arrival.CurrentCount == 0)
            _arrival.Release();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "RabbitMQ's queue {Queue} cannot be consumed now; it is tried until it can")]
    private partial void LogFailure(Exception exception, string queue);

    [LoggerMessage(Level = LogLevel.Information, Message = "RabbitMQ's queue {Queue} is consumed again")]
    private partial void LogBack(string queue);
}
