using System.Collections.Concurrent;

namespace Siaga.Database;

/// <summary>Wakes this process's relay as soon as a message is in its outbox, so that messages do not wait for the next poll.</summary>
public sealed class OutboxSignal
{
    private readonly ConcurrentDictionary<Type, SemaphoreSlim> _signals = new();

    internal void Set(Type database)
    {
        var signal = Of(database);
        if (signal.CurrentCount == 0)
            signal.Release();
    }

    /// <summary>Waits for the next signal, at most <paramref name="atMost"/>.</summary>
    internal Task WaitAsync(Type database, TimeSpan atMost, CancellationToken cancellationToken) =>
        Of(database).WaitAsync(atMost, cancellationToken);

    private SemaphoreSlim Of(Type database) => _signals.GetOrAdd(database, _ => new SemaphoreSlim(0));
}
