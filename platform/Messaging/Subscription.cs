namespace Siaga.Messaging;

/// <summary>How one service consumes one queue.</summary>
/// <param name="Queue">A queue of the <see cref="Topology"/>.</param>
public sealed record Subscription(string Queue)
{
    /// <summary>Deliveries handled at once, 1 to 256. Default 1.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>
    /// Deliveries of one message whose handling may fail before it becomes a dead letter. Default
    /// 12, about 20 minutes with the delays below.
    /// </summary>
    public int MaxAttempts { get; init; } = 12;

    /// <summary>
    /// Deliveries of one message that may end with the process before it becomes a dead letter. Default 10, counted apart from
    /// <see cref="MaxAttempts"/>: killing a worker often must not lose the messages it was handling, yet a message that crashes the worker
    /// must not do so for ever. From the second crash on the message waits, twice as long each time, so that others are handled in between;
    /// all ten take about four minutes.
    /// </summary>
    public int MaxDeaths { get; init; } = 10;

    /// <summary>
    /// Handles a message whose delivery ended with the process alone, across all such subscriptions of the process. For handlers that run
    /// native code on untrusted input. Default false.
    /// </summary>
    public bool SuspectsAlone { get; init; }

    /// <summary>Delay before the second attempt. Doubles each time, with a jitter of a quarter. Default 500 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Upper bound for the delay. Default five minutes.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The delay after the failed attempt <paramref name="attempt"/>.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="jitter">0 to 1, from a random source.</param>
    public TimeSpan DelayAfter(int attempt, double jitter)
    {
        var doubled = FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30));
        return TimeSpan.FromMilliseconds(Math.Min(doubled, MaxDelay.TotalMilliseconds) * (0.75 + (0.5 * jitter)));
    }
}
