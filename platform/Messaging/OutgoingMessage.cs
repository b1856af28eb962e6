namespace Siaga.Messaging;

/// <summary>One message on its way to every queue that is bound to its topic.</summary>
/// <param name="Id">The sender's id, at most 100 characters. Publishing it again is safe: a queue that still holds it takes it only once where the broker can tell,
/// and where it cannot the handlers' deduplication keys make the second delivery harmless.</param>
/// <param name="Topic">Which kind of thing happened; the <see cref="Topology"/> says which queues want it.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Group">Whose work this is (a company's id); brokers are fair between groups. Null: nobody's.</param>
/// <param name="TraceParent">W3C trace context of what caused it; null when nothing is traced.</param>
public sealed record OutgoingMessage(string Id, string Topic, ReadOnlyMemory<byte> Body, string? Group, string? TraceParent);
