namespace Siaga.Messaging;

/// <summary>Maps topics to queues. Every service knows it, so that a publisher fills a queue whose consumer has never run yet.</summary>
/// <param name="Bindings">The queues of each topic.</param>
public sealed record Topology(IReadOnlyDictionary<string, IReadOnlyList<string>> Bindings)
{
    /// <summary>
    /// Queues with long work for companies: there brokers are fair between groups. All other queues are first come, first served.
    /// </summary>
    public IReadOnlyCollection<string> FairQueues { get; init; } = [];

    /// <summary>Every queue, once.</summary>
    public IReadOnlyList<string> Queues => [.. Bindings.Values.SelectMany(q => q).Distinct(StringComparer.Ordinal)];

    /// <summary>The queues of a topic. Throws for an unknown topic, because its messages would be lost.</summary>
    public IReadOnlyList<string> QueuesOf(string topic) =>
        Bindings.TryGetValue(topic, out var queues)
            ? queues
            : throw new InvalidOperationException($"No queue is bound to the topic '{topic}'.");
}
