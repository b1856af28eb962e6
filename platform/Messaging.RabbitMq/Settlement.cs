using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Siaga.Primitives;

namespace Siaga.Messaging.RabbitMq;

/// <summary>Decides what happens to a delivery. A message that moves is confirmed in its new queue before it leaves the old one.</summary>
internal sealed partial class Settlement(
    ConfirmedPublisher publisher,
    QueueNames names,
    Subscription subscription,
    Func<Delivery, CancellationToken, Task<HandlingResult>> handle,
    Func<Delivery, string, CancellationToken, Task> giveUp,
    (TimeProvider Time, IOutageLog Outages, ILogger Logger) tools)
{
    // Tolerance for clock differences before a message that is early has to wait again.
    private static readonly TimeSpan s_early = TimeSpan.FromMilliseconds(500);

    private readonly string _work = $"settling of {subscription.Queue}";
    private readonly TimeProvider _time = tools.Time;
    private readonly ILogger _logger = tools.Logger;

    public async Task RunAsync(Envelope message, IChannel channel, ulong tag, string lane, CancellationToken cancellationToken)
    {
        try
        {
            var move = await DecideAsync(message, lane, cancellationToken);
            if (move is not null)
                await publisher.PublishAsync([move], CancellationToken.None);
            await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
            tools.Outages.Worked(_work);
        }
        catch (Exception e)
        {
            Tell(e, message.Id);
            await ReturnAsync(channel, tag, message.Id);
        }
    }

    /// <summary>Where the message goes next; null when it is done.</summary>
    internal async Task<Placement?> DecideAsync(Envelope message, string lane, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (message.NotBefore is { } due && due - now > s_early)
            return new Placement(lane, message, names.WaitFor(due - now));
        var delivery = message.ToDelivery(subscription.Queue);
        if (message.NewCrashes > 0 && delivery.CrashCount > subscription.MaxDeaths)
            return await GiveUpAsync(
                message, delivery, $"Given up after {delivery.CrashCount} deliveries that ended with the process.", cancellationToken);

        // The first crash is followed by another delivery at once: usually the message is innocent. From the second on the message waits,
        // so that one that crashes its consumer leaves time for the others.
        if (message.NewCrashes > 0 && delivery.CrashCount > 1)
            return Later(message, lane, ("siaga-deaths", delivery.CrashCount), subscription.DelayAfter(
                delivery.CrashCount - 1, Random.Shared.NextDouble()));
        try
        {
            switch (await handle(delivery, cancellationToken))
            {
                case HandlingResult.RejectResult reject:
                    return Bury(message, delivery.Attempt, reject.Code, reject.Reason);
                case HandlingResult.RetryResult retry when delivery.Failures + 1 >= subscription.MaxAttempts:
                    return await GiveUpAsync(
                        message, delivery, $"Given up after {delivery.Attempt} deliveries: {retry.Reason}", cancellationToken);
                case HandlingResult.RetryResult retry:
                    var delay = subscription.DelayAfter(delivery.Failures + 1, Random.Shared.NextDouble());
                    return Later(
                        message.With(("siaga-deaths", delivery.CrashCount), ("siaga-reason", Shortened(retry.Reason))), lane,
                        ("siaga-failures", delivery.Failures + 1), retry.NotBefore > delay ? retry.NotBefore.Value : delay);
                case HandlingResult.DeferResult defer:
                    return Later(message, lane, ("siaga-deaths", delivery.CrashCount), defer.Delay);
                default:
                    return null;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A stopping process is not the message's fault: republish it, so that this delivery does not count.
            return new Placement(lane, message.With(("siaga-deaths", delivery.CrashCount)));
        }
    }

    private static string Shortened(string reason) => reason.Length > 1000 ? reason[..1000] : reason;

    private Placement Later(Envelope message, string lane, (string, object?) count, TimeSpan delay) =>
        new(lane, message.With(count, ("siaga-not-before", (_time.GetUtcNow() + delay).ToUnixTimeMilliseconds())), names.WaitFor(delay));

    private async Task<Placement> GiveUpAsync(Envelope message, Delivery delivery, string reason, CancellationToken cancellationToken)
    {
        await giveUp(delivery, reason, cancellationToken);
        return Bury(
            message,
            delivery.Attempt - (message.NewCrashes > 0 && delivery.CrashCount > subscription.MaxDeaths ? 1 : 0),
            "attempts_exhausted",
            reason);
    }

    private Placement Bury(Envelope message, int attempts, string code, string reason)
    {
        var now = _time.GetUtcNow();
        return new Placement(names.Dead, message.With(
            ("siaga-dead-id", DeadLetters.NewId(now)), ("siaga-code", code), ("siaga-reason", Shortened(reason)),
            ("siaga-attempts", attempts),
            ("siaga-died-at", now.ToUnixTimeMilliseconds()), ("siaga-not-before", null)));
    }

    /// <summary>Returns an unsettled message, which the server may deliver again. A closed channel has already done that.</summary>
    private async Task ReturnAsync(IChannel channel, ulong tag, string messageId)
    {
        try
        {
            if (channel.IsOpen)
                await channel.BasicNackAsync(tag, multiple: false, requeue: true, CancellationToken.None);
        }
        catch (Exception e)
        {
            Tell(e, messageId);
        }
    }

    private void Tell(Exception exception, string messageId)
    {
        if (exception.MeansAway())
            tools.Outages.Failed(BrokerUnavailableException.Code, _work, exception);
        else
            LogFailure(exception, subscription.Queue, messageId);
    }

    [LoggerMessage(1405, LogLevel.Warning, "RabbitMQ's queue {Queue}: {MessageId} could not be settled; it will be delivered again")]
    private partial void LogFailure(Exception exception, string queue, string messageId);
}
