using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <summary>The consumer of a queue with a single lane. The server pushes as many messages as there are slots (a prefetch).</summary>
internal sealed class PushedConsumer(Consumption consumption) : QueueConsumer(consumption)
{
    protected override async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var queue = Consumption.Names.Lanes[0];
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.BasicQosAsync(0, (ushort)Consumption.Subscription.Concurrency, global: false, cancellationToken);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            // A slot is free, unless handlers still work on messages of an earlier connection.
            await Hands.WaitAsync(CancellationToken.None);
            Handle(Envelope.Of(delivery), channel, delivery.DeliveryTag, queue);
        };
        consumer.UnregisteredAsync += (_, _) => End(ended);
        channel.ChannelShutdownAsync += (_, _) => End(ended);
        var tag = await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        Consuming();
        try
        {
            await ended.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
                await StopAsync(channel, tag);
        }

        throw new AlreadyClosedException(
            channel.CloseReason ?? new ShutdownEventArgs(ShutdownInitiator.Peer, 0, "The server has cancelled the consumer."));
    }

    private static Task End(TaskCompletionSource ended)
    {
        ended.TrySetResult();
        return Task.CompletedTask;
    }

    private async Task StopAsync(IChannel channel, string tag)
    {
        try
        {
            if (channel.IsOpen)
                await channel.BasicCancelAsync(tag, noWait: false, CancellationToken.None);
        }
        catch (Exception e)
            when (e is OperationInterruptedException or AlreadyClosedException or TimeoutException or OperationCanceledException
                or IOException)
        {
            // The channel is already closed; the server delivers what it had sent to another consumer.
        }

        await DrainAsync();
    }
}
