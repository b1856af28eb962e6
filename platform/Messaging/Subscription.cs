namespace Siaga.Messaging;

/// <summary>How one service consumes one queue.</summary>
/// <param name="Queue">A queue of the <see cref="Topology"/>.</param>
public sealed record Subscription(string Queue)
{
    /// <summary>Deliveries in hand at once, 1 to 256. Default 1.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Handled deliveries of one message that may fail before it becomes a dead letter. Default 12: with the delays below some 20 minutes.</summary>
    public int MaxAttempts { get; init; } = 12;

    /// <summary>
    /// Deliveries of one message that may end with the process before it becomes a dead letter. Default 10, counted apart from
    /// <see cref="MaxAttempts"/>: whoever kills a worker often must not thereby lose what it had in hand, yet a message that kills the worker must
    /// not do so for ever. From the second death on it waits, twice as long each time, so that the rest flows in between: some four minutes for all ten.
    /// </summary>
    public int MaxDeaths { get; init; } = 10;

    /// <summary>
    /// A message whose delivery ended with the process is handled alone among those of all such subscriptions of the process; for handlers that run
    /// native code on what comes from outside. Default false.
    /// </summary>
    public bool SuspectsAlone { get; init; }

    /// <summary>Delay before the second attempt; doubles each time, with a jitter of a quarter. Default half a second.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The delay stops growing here. Default five minutes.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Delay before the attempt after <paramref name="attempt"/>.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="jitter">0 to 1, from a random source.</param>
    public TimeSpan DelayAfter(int attempt, double jitter)
    {
        var doubled = FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30));
        return TimeSpan.FromMilliseconds(Math.Min(doubled, MaxDelay.TotalMilliseconds) * (0.75 + (0.5 * jitter)));
    }
}
