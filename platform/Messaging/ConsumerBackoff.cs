namespace Siaga.Messaging;

/// <summary>
/// Slows a consumer down while its handler keeps failing. When a dependency is down, every message
/// fails. At full speed a whole queue would move through the wait queues with ever longer delays,
/// and an outage of seconds would delay alerts by minutes. The first success resets the pause.
/// </summary>
/// <param name="concurrency">Deliveries in progress at once: the pause doubles after this many failures.</param>
internal sealed class ConsumerBackoff(int concurrency)
{
    private const int MostDoublings = 6;

    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(80);

    private int _inARow;

    /// <summary>The pause before the next message: none, or 80 ms to 5 s.</summary>
    public TimeSpan Next => Volatile.Read(ref _inARow) is var failures and > 0
        ? s_first * Math.Pow(2, Math.Min((failures - 1) / concurrency, MostDoublings))
        : TimeSpan.Zero;

    public void Count(HandlingResult result)
    {
        if (result is HandlingResult.RetryResult)
            Interlocked.Increment(ref _inARow);
        else if (result is not HandlingResult.DeferResult)
            Volatile.Write(ref _inARow, 0);
    }

    public Task WaitAsync(CancellationToken cancellationToken) =>
        Next is { Ticks: > 0 } pause ? Task.Delay(pause, cancellationToken) : Task.CompletedTask;
}
