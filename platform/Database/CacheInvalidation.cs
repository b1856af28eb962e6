using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Siaga.Database;

/// <summary>
/// Whether what somebody keeps in memory is still what the database says. Whoever changes a topic announces it with the change; every
/// process hears of it at the commit, its own at once. A process that cannot hear keeps nothing, and nothing is believed for long.
/// </summary>
public sealed class CacheInvalidation(TimeProvider time)
{
    // However a change came about, it is seen after this long.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, long> _changes = new(StringComparer.Ordinal);
    private long _lapses;
    private volatile bool _connected;
    private ImmutableArray<Action<string?>> _listeners = [];

    /// <summary>True while the changes of every process are heard.</summary>
    public bool IsConnected => _connected;

    /// <summary>
    /// Has somebody called with each topic that changes, here or in another process, and with null when hearing begins or ends: anything may
    /// have changed, or may soon, unheard. For as long as the process lives; it must be quick, and not throw.
    /// </summary>
    public void Listen(Action<string?> heard) => ImmutableInterlocked.Update(ref _listeners, all => all.Add(heard));

    /// <summary>Where the topic stands: take it before reading what is to be kept. Null: keep nothing now.</summary>
    public CacheMark? Mark(string topic) => _connected
        ? new CacheMark(Interlocked.Read(ref _lapses), _changes.GetValueOrDefault(topic), time.GetTimestamp())
        : null;

    /// <summary>True while nothing of the topic has changed since the mark.</summary>
    public bool IsCurrent(string topic, CacheMark mark) => _connected
        && mark.Lapses == Interlocked.Read(ref _lapses)
        && mark.Changes == _changes.GetValueOrDefault(topic)
        && time.GetElapsedTime(mark.At) < s_longest;

    /// <summary>A change of <c>anomalies/7</c> is one of <c>anomalies</c> too.</summary>
    internal void Changed(string topic)
    {
        _changes.AddOrUpdate(topic, 1, (_, n) => n + 1);
        if (topic.IndexOf('/', StringComparison.Ordinal) is var end and > 0)
            _changes.AddOrUpdate(topic[..end], 1, (_, n) => n + 1);
        Tell(topic);
    }

    /// <summary>From here on every change is heard; what was kept before may be old.</summary>
    internal void Connected()
    {
        Interlocked.Increment(ref _lapses);
        _connected = true;
        Tell(null);
    }

    internal void Disconnected()
    {
        _connected = false;
        Tell(null);
    }

    private void Tell(string? topic)
    {
        foreach (var listener in _listeners)
            listener(topic);
    }
}

/// <param name="Lapses">How often the process has been deaf.</param>
/// <param name="Changes">How often the topic has changed.</param>
/// <param name="At">A timestamp of the clock.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CacheMark(long Lapses, long Changes, long At);
