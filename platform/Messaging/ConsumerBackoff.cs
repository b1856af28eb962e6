namespace Siaga.Messaging;

/// <summary>
/// While what a handler needs is away, every message fails. Taken as fast as they fail, a whole queue would go from hand to hand into its waiting
/// queues, each message for longer each time, and an outage of seconds would delay alarms by minutes. So who has only failed of late takes the next message
/// more slowly; the first that works ends that.
/// </summary>
/// <param name="hands">Deliveries in hand at once: as many failures are one round, after which the pause doubles.</param>
internal sealed class ConsumerBackoff(int hands)
{
    private const int MostDoublings = 6;

    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(80);

    private int _inARow;

    /// <summary>How long to wait before the next message: nothing, or 80 ms to 5 s.</summary>
    public TimeSpan Next => Volatile.Read(ref _inARow) is var failures and > 0
        ? s_first * Math.Pow(2, Math.Min((failures - 1) / hands, MostDoublings))
        : TimeSpan.Zero;

    public void Count(HandlingResult result)
    {
        if (result is HandlingResult.RetryResult)
            Interlocked.Increment(ref _inARow);
        else if (result is not HandlingResult.DeferResult)
            Volatile.Write(ref _inARow, 0);
    }

    public Task WaitAsync(CancellationToken cancellationToken) => Next is { Ticks: > 0 } pause ? Task.Delay(pause, cancellationToken) : Task.CompletedTask;
}
