using System.Collections.Concurrent;

namespace Siaga.Database;

/// <summary>Wakes the relay of this process the moment something is in its outbox, so that nobody waits for a poll.</summary>
public sealed class OutboxSignal
{
    private readonly ConcurrentDictionary<Type, SemaphoreSlim> _signals = new();

    internal void Set(Type database)
    {
        var signal = Of(database);
        if (signal.CurrentCount == 0)
            signal.Release();
    }

    /// <summary>Returns at the next signal, or after <paramref name="atMost"/>.</summary>
    internal Task WaitAsync(Type database, TimeSpan atMost, CancellationToken cancellationToken) =>
        Of(database).WaitAsync(atMost, cancellationToken);

    private SemaphoreSlim Of(Type database) => _signals.GetOrAdd(database, _ => new SemaphoreSlim(0));
}
