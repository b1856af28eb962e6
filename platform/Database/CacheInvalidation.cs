using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Siaga.Database;

/// <summary>
/// Tells caches whether their contents still match the database. Code that changes a topic announces it with the change, and every process
/// is notified at the commit. While a process receives no notifications it caches nothing, and no entry is trusted for long.
/// </summary>
public sealed class CacheInvalidation(TimeProvider time)
{
    // Upper bound on staleness, for changes that were made without an announcement.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, long> _changes = new(StringComparer.Ordinal);
    private long _lapses;
    private volatile bool _connected;
    private ImmutableArray<Action<string?>> _listeners = [];

    /// <summary>True while this process receives the changes of every other one.</summary>
    public bool IsConnected => _connected;

    /// <summary>
    /// Registers a callback for each topic that changes, in this or another process. It is called
    /// with null when the connection is made or lost: anything may have changed meanwhile. The
    /// registration lasts for the life of the process; the callback must be quick and must not throw.
    /// </summary>
    public void Listen(Action<string?> heard) => ImmutableInterlocked.Update(ref _listeners, all => all.Add(heard));

    /// <summary>The topic's current mark; take it before reading what is to be cached. Null: do not cache now.</summary>
    public CacheMark? Mark(string topic) => _connected
        ? new CacheMark(Interlocked.Read(ref _lapses), _changes.GetValueOrDefault(topic), time.GetTimestamp())
        : null;

    /// <summary>True while the topic has not changed since the mark was taken.</summary>
    public bool IsCurrent(string topic, CacheMark mark) => _connected
        && mark.Lapses == Interlocked.Read(ref _lapses)
        && mark.Changes == _changes.GetValueOrDefault(topic)
        && time.GetElapsedTime(mark.At) < s_longest;

    /// <summary>Records a change. A change of <c>anomalies/7</c> is also one of <c>anomalies</c>.</summary>
    internal void Changed(string topic)
    {
        _changes.AddOrUpdate(topic, 1, (_, n) => n + 1);
        if (topic.IndexOf('/', StringComparison.Ordinal) is var end and > 0)
            _changes.AddOrUpdate(topic[..end], 1, (_, n) => n + 1);
        Tell(topic);
    }

    /// <summary>From now on every change arrives; entries cached before may be stale.</summary>
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

/// <param name="Lapses">How many times this process had connected when the mark was taken.</param>
/// <param name="Changes">How many times the topic had changed.</param>
/// <param name="At">The clock's timestamp.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CacheMark(long Lapses, long Changes, long At);
