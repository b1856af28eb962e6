namespace Siaga.Messaging;

/// <summary>What became of a delivery. There is no other way: nothing is acknowledged and merely logged.</summary>
public abstract record HandlingResult
{
    private HandlingResult()
    {
    }

    /// <summary>Handled, or handled before: the message is removed.</summary>
    public static HandlingResult Done { get; } = new DoneResult();

    /// <summary>A transient failure: delivered again after a growing, jittered delay, until the subscription's limit.</summary>
    /// <param name="reason">For the log and, in the end, the dead letter.</param>
    /// <param name="notBefore">At least this long from now, e.g. a server's Retry-After; null leaves it to the policy.</param>
    public static HandlingResult Retry(string reason, TimeSpan? notBefore = null) => new RetryResult(reason, notBefore);

    /// <summary>A transient failure that is not the message's: what every message needs is away. Told as one outage.</summary>
    /// <param name="away">What: a stable code, such as <c>backend_unavailable</c>.</param>
    /// <param name="reason">As of <see cref="Retry"/>.</param>
    /// <param name="notBefore">As of <see cref="Retry"/>.</param>
    public static HandlingResult Away(string away, string reason, TimeSpan? notBefore = null) =>
        new RetryResult(reason, notBefore) { AwayCode = away };

    /// <summary>A permanent failure: dead letter at once.</summary>
    /// <param name="code">Stable, snake_case.</param>
    /// <param name="reason">For a person.</param>
    public static HandlingResult Reject(string code, string reason) => new RejectResult(code, reason);

    /// <summary>Not looked at, since it is not its turn: delivered again after the delay, and this delivery counts as none.</summary>
    public static HandlingResult Defer(TimeSpan delay) => new DeferResult(delay);

    public sealed record DoneResult : HandlingResult;

    public sealed record RetryResult(string Reason, TimeSpan? NotBefore) : HandlingResult
    {
        /// <summary>Null: the message failed by itself.</summary>
        public string? AwayCode { get; init; }
    }

    public sealed record RejectResult(string Code, string Reason) : HandlingResult;

    public sealed record DeferResult(TimeSpan Delay) : HandlingResult;
}
