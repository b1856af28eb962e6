namespace Siaga.Messaging;

/// <summary>The outcome of a delivery. Every delivery has one: no message is acknowledged without being handled.</summary>
public abstract record HandlingResult
{
    private HandlingResult()
    {
    }

    /// <summary>Handled, or handled before: the message is removed.</summary>
    public static HandlingResult Done { get; } = new DoneResult();

    /// <summary>A transient failure: redelivered after a growing, jittered delay, up to the subscription's limit.</summary>
    /// <param name="reason">For the log and, after the last attempt, the dead letter.</param>
    /// <param name="notBefore">Minimum delay from now, e.g. a server's Retry-After; null for the default delay.</param>
    public static HandlingResult Retry(string reason, TimeSpan? notBefore = null) => new RetryResult(reason, notBefore);

    /// <summary>A transient failure of something that every message needs, not of this message. Logged as one outage.</summary>
    /// <param name="away">What is unavailable: a stable code, such as <c>backend_unavailable</c>.</param>
    /// <param name="reason">As for <see cref="Retry"/>.</param>
    /// <param name="notBefore">As for <see cref="Retry"/>.</param>
    public static HandlingResult Away(string away, string reason, TimeSpan? notBefore = null) =>
        new RetryResult(reason, notBefore) { AwayCode = away };

    /// <summary>A permanent failure: the message becomes a dead letter at once.</summary>
    /// <param name="code">Stable, snake_case.</param>
    /// <param name="reason">For a person.</param>
    public static HandlingResult Reject(string code, string reason) => new RejectResult(code, reason);

    /// <summary>The message is not what its queue carries: it becomes a dead letter at once, with one code for all of this kind.</summary>
    /// <param name="reason">For a person.</param>
    public static HandlingResult Unreadable(string reason) => Reject("message_unreadable", reason);

    /// <summary>Not handled, because it is not the message's turn: redelivered after the delay, without counting this delivery.</summary>
    public static HandlingResult Defer(TimeSpan delay) => new DeferResult(delay);

    public sealed record DoneResult : HandlingResult;

    public sealed record RetryResult(string Reason, TimeSpan? NotBefore) : HandlingResult
    {
        /// <summary>The code of the unavailable dependency; null when only this message failed.</summary>
        public string? AwayCode { get; init; }
    }

    public sealed record RejectResult(string Code, string Reason) : HandlingResult;

    public sealed record DeferResult(TimeSpan Delay) : HandlingResult;
}
