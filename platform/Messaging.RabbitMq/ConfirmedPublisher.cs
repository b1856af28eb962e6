using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <param name="Queue">The queue itself, not the topology's name of it.</param>
/// <param name="Envelope">What to put there.</param>
/// <param name="Via">The queue in which it waits first; null: none.</param>
internal sealed record Placement(string Queue, Envelope Envelope, string? Via = null);

/// <summary>Puts messages into queues and knows that they are there.</summary>
internal sealed class ConfirmedPublisher(Link link, ServerAlarm alarm, TimeSpan patience) : IDisposable
{
    private static readonly CreateChannelOptions s_confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private const string ProbeKey = "siaga-probe";

    private readonly SemaphoreSlim _turn = new(1);
    private IChannel? _channel;

    /// <summary>Completes when the server holds all of them on its disks.</summary>
    /// <exception cref="BrokerUnavailableException">It does not, or nobody knows whether it does.</exception>
    public async Task PublishAsync(IReadOnlyList<Placement> placements, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        IConnection? connection = null;
        try
        {
            connection = await link.GetAsync(cancellationToken);

            // What would be sent now would be sent again by then: the server reads it all when its alarm is over.
            await alarm.WaitAsync(connection, limit.Token);
            var channel = await ChannelAsync(connection, limit.Token);
            await Task.WhenAll(placements.Select(p => PublishAsync(channel, p, limit.Token)));
            alarm.Confirmed(connection);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // One that the server's alarm blocks is kept: on it the end of the alarm is heard.
            if (connection is not null && alarm.Blocks(connection))
                throw new BrokerUnavailableException($"RabbitMQ takes no messages: {alarm.Reason}.", e);

            // A queue that is not there is made with the next connection; a server that keeps silent is tried with another one.
            if (connection is not null && e is not BrokerUnreachableException)
                await Link.DropAsync(connection);
            throw e is OperationCanceledException
                ? new BrokerUnavailableException($"RabbitMQ did not confirm within {patience.TotalSeconds:0} s.", e)
                : new BrokerUnavailableException($"RabbitMQ does not take messages now: {e.Message}", e);
        }
    }

    /// <summary>
    /// Looks whether the server takes messages, by one that goes to no queue and is confirmed as any other: an alarm is said only to who
    /// publishes.
    /// </summary>
    /// <param name="exchange">One from which no queue takes the key.</param>
    /// <returns>What the server is short of; null: it takes messages.</returns>
    public async Task<string?> FindAlarmAsync(string exchange, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        var connection = await link.GetAsync(limit.Token);
        if (alarm.Blocks(connection))
            return alarm.Reason;
        var channel = await ChannelAsync(connection, limit.Token);
        var confirmed = channel.BasicPublishAsync(exchange, ProbeKey, mandatory: false, ReadOnlyMemory<byte>.Empty, limit.Token).AsTask();
        try
        {
            await await Task.WhenAny(confirmed, alarm.RaisedOnAsync(connection, limit.Token));
        }
        finally
        {
            // Whichever of the two is not done is not waited for.
            await limit.CancelAsync();
            _ = confirmed.ContinueWith(
                static c => c.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        if (alarm.Blocks(connection))
            return alarm.Reason;
        alarm.Confirmed(connection);
        return null;
    }

    public void Dispose() => _turn.Dispose();

    private static Task PublishAsync(IChannel channel, Placement placement, CancellationToken cancellationToken)
    {
        var (exchange, key) = placement.Via is null ? ("", placement.Queue) : (placement.Via, placement.Queue);
        return channel.BasicPublishAsync(exchange, key, mandatory: true, placement.Envelope.ToProperties(), placement.Envelope.Body, cancellationToken).AsTask();
    }

    private async Task<IChannel> ChannelAsync(IConnection connection, CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
            return open;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_channel is { IsOpen: true } made)
                return made;
            return _channel = await connection.CreateChannelAsync(s_confirmed, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
