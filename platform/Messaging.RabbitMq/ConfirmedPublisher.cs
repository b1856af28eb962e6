using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <param name="Queue">The server's queue name, not the topology's.</param>
/// <param name="Envelope">The message.</param>
/// <param name="Via">The wait queue that it goes through first; null for none.</param>
internal sealed record Placement(string Queue, Envelope Envelope, string? Via = null);

/// <summary>Publishes messages and waits for the server's confirms.</summary>
internal sealed class ConfirmedPublisher(Link link, ServerAlarm alarm, TimeSpan patience) : IDisposable
{
    private static readonly CreateChannelOptions s_confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private const string ProbeKey = "siaga-probe";

    private readonly SemaphoreSlim _turn = new(1);
    private IChannel? _channel;

    /// <summary>Completes when the server has stored all messages on its disks.</summary>
    /// <exception cref="BrokerUnavailableException">The server did not confirm; it may or may not have stored the messages.</exception>
    public async Task PublishAsync(IReadOnlyList<Placement> placements, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        IConnection? connection = null;
        try
        {
            connection = await link.GetAsync(cancellationToken);

            // Wait while the server blocks this connection: it reads what we send when its alarm
            // ends, and a retry would then be a duplicate.
            await alarm.WaitAsync(connection, limit.Token);
            var channel = await ChannelAsync(connection, limit.Token);
            await Task.WhenAll(placements.Select(p => PublishAsync(channel, p, limit.Token)));
            alarm.Confirmed(connection);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Keep a connection that the server's alarm blocks: the end of the alarm is reported on it.
            if (connection is not null && alarm.Blocks(connection))
                throw new BrokerUnavailableException($"RabbitMQ takes no messages: {alarm.Reason}.", e);

            // A new connection declares missing queues, and may help against a server that does not respond.
            if (connection is not null && e is not BrokerUnreachableException)
                await Link.DropAsync(connection);
            throw e is OperationCanceledException
                ? new BrokerUnavailableException($"RabbitMQ did not confirm within {patience.TotalSeconds:0} s.", e)
                : new BrokerUnavailableException($"RabbitMQ does not take messages: {e.Message}", e);
        }
    }

    /// <summary>
    /// Checks whether the server accepts messages, by publishing one that goes to no queue and waiting for its confirm. The server reports
    /// an alarm only to connections that publish.
    /// </summary>
    /// <param name="exchange">An exchange with no queue bound to the probe's key.</param>
    /// <returns>The resource that the server is short of; null when it accepts messages.</returns>
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
            // Do not wait for the task that has not finished.
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
        return channel.BasicPublishAsync(
            exchange, key, mandatory: true, placement.Envelope.ToProperties(), placement.Envelope.Body, cancellationToken).AsTask();
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
