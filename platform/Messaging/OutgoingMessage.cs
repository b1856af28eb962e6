namespace Siaga.Messaging;

/// <summary>One message on its way to every queue that is bound to its topic.</summary>
/// <param name="Id">The sender's id, at most 100 characters. A queue that still holds this id takes it only once, so publishing again is safe.</param>
/// <param name="Topic">Which kind of thing happened; the <see cref="Topology"/> says which queues want it.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Group">Whose work this is (a company's id); brokers are fair between groups. Null: nobody's.</param>
/// <param name="TraceParent">W3C trace context of what caused it; null when nothing is traced.</param>
public sealed record OutgoingMessage(string Id, string Topic, ReadOnlyMemory<byte> Body, string? Group, string? TraceParent);
