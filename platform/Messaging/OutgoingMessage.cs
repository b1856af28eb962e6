namespace Siaga.Messaging;

/// <summary>A message to be published to every queue bound to its topic.</summary>
/// <param name="Id">The sender's id, at most 100 characters. Publishing it again is safe: a broker that can tell ignores the duplicate
/// while the queue still holds the message; otherwise the handlers' deduplication keys make the second delivery harmless.</param>
/// <param name="Topic">What happened; the <see cref="Topology"/> maps it to queues.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Group">The group for fair scheduling, a company's id; null for none.</param>
/// <param name="TraceParent">W3C trace context of the cause; null when nothing is traced.</param>
public sealed record OutgoingMessage(string Id, string Topic, ReadOnlyMemory<byte> Body, string? Group, string? TraceParent);
