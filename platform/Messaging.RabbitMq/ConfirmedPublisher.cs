using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <param name="Queue">The queue itself, not the topology's name of it.</param>
/// <param name="Envelope">What to put there.</param>
/// <param name="Via">The queue in which it waits first; null: none.</param>
internal sealed record Placement(string Queue, Envelope Envelope, string? Via = null);

/// <summary>Puts messages into queues and knows that they are there.</summary>
internal sealed class ConfirmedPublisher(Link link, TimeSpan patience) : IDisposable
{
    private static readonly CreateChannelOptions s_confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly SemaphoreSlim _turn = new(1);
    private IChannel? _channel;

    /// <summary>Completes when the server holds all of them on its disks.</summary>
    /// <exception cref="IOException">It does not, or nobody knows whether it does.</exception>
    public async Task PublishAsync(IReadOnlyList<Placement> placements, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        IConnection? connection = null;
        try
        {
            connection = await link.GetAsync(cancellationToken);
            var channel = await ChannelAsync(connection, limit.Token);
            await Task.WhenAll(placements.Select(p => PublishAsync(channel, p, limit.Token)));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A queue that is not there is made with the next connection; a server that keeps silent is tried with another one.
            if (connection is not null && e is not BrokerUnreachableException)
                await Link.DropAsync(connection);
            throw e is OperationCanceledException
                ? new IOException($"RabbitMQ did not confirm within {patience.TotalSeconds:0} s.", e)
                : new IOException($"RabbitMQ does not take messages now: {e.Message}", e);
        }
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
