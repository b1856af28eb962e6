namespace Siaga.Messaging;

/// <summary>
/// One delivery of a message to a consumer. It may be delivered again; the handler's deduplication key makes that harmless.
/// </summary>
/// <param name="Id">The sender's id.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="TraceParent">W3C trace context of what caused it, or null.</param>
/// <param name="Attempt">1 for the first delivery. Deliveries that ended with a killed process count.</param>
/// <param name="PublishedAt">When the broker received the message.</param>
/// <param name="CrashCount">How many earlier deliveries ended because the process was killed or hung.</param>
public sealed record Delivery(
    string Id, string Queue, ReadOnlyMemory<byte> Body, string? TraceParent, int Attempt, DateTimeOffset PublishedAt, int CrashCount = 0)
{
    /// <summary>How often a handler has failed with this message so far.</summary>
    public int Failures => Attempt - 1 - CrashCount;
}
