namespace Siaga.Messaging;

/// <summary>Which queues want which topic. Known to every service, so that a publisher fills a queue whose consumer has never run yet.</summary>
/// <param name="Bindings">Topic to queues.</param>
public sealed record Topology(IReadOnlyDictionary<string, IReadOnlyList<string>> Bindings)
{
    /// <summary>Queues whose messages are long work of somebody's: brokers are fair between the groups there. Others are first come, first served.</summary>
    public IReadOnlyCollection<string> FairQueues { get; init; } = [];

    /// <summary>Every queue, once.</summary>
    public IReadOnlyList<string> Queues => [.. Bindings.Values.SelectMany(q => q).Distinct(StringComparer.Ordinal)];

    /// <summary>The queues of a topic; an unknown topic is a bug and throws, since its messages would be lost.</summary>
    public IReadOnlyList<string> QueuesOf(string topic) =>
        Bindings.TryGetValue(topic, out var queues) ? queues : throw new InvalidOperationException($"No queue is bound to the topic '{topic}'.");
}
