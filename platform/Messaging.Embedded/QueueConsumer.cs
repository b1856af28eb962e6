using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Messaging.Embedded;

/// <summary>The loop of one consumer of one queue.</summary>
internal sealed partial class QueueConsumer(
    Leases leases,
    Subscription subscription,
    Func<Delivery, CancellationToken, Task<HandlingResult>> handle,
    Func<Delivery, string, CancellationToken, Task> giveUp,
    SemaphoreSlim arrival,
    (IOutageLog Outages, ILogger Logger) tools)
{
    // Commits of any process and ends of leases end the pause; only a clock that was set back is noticed by looking again.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(1);

    private readonly string _work = $"queue {subscription.Queue}";
    private readonly ILogger _logger = tools.Logger;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var free = new SemaphoreSlim(subscription.Concurrency);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await TakeAndStartAsync(free, cancellationToken);
                tools.Outages.Worked(_work);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // A broker file that cannot be read at the moment (a full disk, say) must not end the consumer.
                Tell(e);
                await Task.Delay(s_afterFailure, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // Each handler frees its slot after settling its message.
        for (var i = 0; i < subscription.Concurrency; i++)
            await free.WaitAsync(CancellationToken.None);
    }

    private async Task TakeAndStartAsync(SemaphoreSlim free, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        var started = false;
        try
        {
            if (await leases.AnyAsync(subscription.Queue, cancellationToken)
                && await leases.TakeAsync(subscription.Queue, cancellationToken) is { } message)
            {
                started = true;
                _ = Task.Run(() => SettleAsync(message, free, cancellationToken), CancellationToken.None);
            }
        }
        finally
        {
            if (!started)
                free.Release();
        }

        if (started)
            return;
        var pause = await PauseAsync(cancellationToken);

        // Before the pause, which may take a minute: the file answers.
        tools.Outages.Worked(_work);
        await arrival.WaitAsync(pause, cancellationToken);
    }

    /// <summary>Until the next delayed message is due, or a lease ends. A new message interrupts it.</summary>
    private async Task<TimeSpan> PauseAsync(CancellationToken cancellationToken)
    {
        var due = await leases.DueInAsync(subscription.Queue, cancellationToken) ?? s_longest;
        return due < s_longest ? due : s_longest;
    }

    private async Task SettleAsync(Leased message, SemaphoreSlim free, CancellationToken cancellationToken)
    {
        try
        {
            var delivery = message.Delivery;
            if (delivery.CrashCount > subscription.MaxDeaths)
            {
                await BuryAsync(
                    message, $"Given up after {delivery.CrashCount} deliveries that ended with the process.", cancellationToken);
                return;
            }

            switch (await handle(delivery, cancellationToken))
            {
                case HandlingResult.RejectResult reject:
                    await leases.BuryAsync(message.RowId, reject.Code, reject.Reason);
                    break;
                case HandlingResult.RetryResult retry when delivery.Failures + 1 >= subscription.MaxAttempts:
                    await BuryAsync(message, $"Given up after {delivery.Attempt} deliveries: {retry.Reason}", cancellationToken);
                    break;
                case HandlingResult.RetryResult retry:
                    var delay = subscription.DelayAfter(delivery.Failures + 1, Random.Shared.NextDouble());
                    await leases.DelayAsync(message.RowId, retry.NotBefore > delay ? retry.NotBefore.Value : delay);
                    break;
                case HandlingResult.DeferResult defer:
                    await leases.DeferAsync(message.RowId, defer.Delay);
                    break;
                default:
                    await leases.RemoveAsync(message.RowId);
                    break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ReturnAsync(message);
        }
        catch (Exception e)
        {
            // Not settled: the lease expires and the message is delivered again.
            Tell(e);
        }
        finally
        {
            free.Release();
        }
    }

    private async Task BuryAsync(Leased message, string reason, CancellationToken cancellationToken)
    {
        await giveUp(message.Delivery, reason, cancellationToken);
        await leases.BuryAsync(message.RowId, "attempts_exhausted", reason);
    }

    private async Task ReturnAsync(Leased message)
    {
        try
        {
            await leases.ReturnAsync(message.RowId);
        }
        catch (Exception e)
        {
            // The process is stopping anyway; the end of its lock frees the message.
            Tell(e);
        }
    }

    private void Tell(Exception exception)
    {
        if (exception is BrokerUnavailableException)
            tools.Outages.Failed(BrokerUnavailableException.Code, _work, exception);
        else
            LogFailure(exception, subscription.Queue);
    }

    [LoggerMessage(1301, LogLevel.Error, "The consumer of the embedded broker's queue {Queue} failed; it continues")]
    private partial void LogFailure(Exception exception, string queue);
}
