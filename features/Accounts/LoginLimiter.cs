using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Siaga.Accounts;

/// <summary>Counts failed sign-ins in a sliding window: by account and address together, and by address alone. In memory, a process.</summary>
/// <remarks>The account alone is not counted, or anybody could lock anybody out.</remarks>
internal sealed class LoginLimiter(IOptions<AccountsOptions> options, TimeProvider time)
{
    // Enough for an attack from many addresses to stay bounded in memory: some 10 MB.
    private const int MaxKeys = 50_000;

    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _failures = new(StringComparer.Ordinal);

    /// <summary>How long to wait; null: go on.</summary>
    public TimeSpan? WaitFor(string email, string address)
    {
        var settings = options.Value;
        var pair = Wait(PairKey(email, address), settings.LoginFailuresPerAccount);
        var all = Wait(address, settings.LoginFailuresPerAddress);
        return pair is null || all > pair ? all : pair;
    }

    /// <summary>Counts a try as failed before its outcome is known, so that many at once cannot slip under the limit.</summary>
    public void Begin(string email, string address)
    {
        Add(PairKey(email, address));
        Add(address);
    }

    /// <summary>Takes a try back: it was the right password.</summary>
    public void Succeeded(string email, string address)
    {
        _failures.TryRemove(PairKey(email, address), out _);
        if (!_failures.TryGetValue(address, out var times))
            return;
        lock (times)
            times.TryDequeue(out _);
    }

    private static string PairKey(string email, string address) => $"{address} {email}";

    private TimeSpan? Wait(string key, int limit)
    {
        if (!_failures.TryGetValue(key, out var times))
            return null;
        lock (times)
        {
            Forget(times);
            return times.Count < limit ? null : times.ElementAt(times.Count - limit) + options.Value.LoginWindow - time.GetUtcNow();
        }
    }

    private void Add(string key)
    {
        if (_failures.Count > MaxKeys)
            ForgetAll();
        var times = _failures.GetOrAdd(key, _ => new Queue<DateTimeOffset>());
        lock (times)
        {
            Forget(times);
            if (times.Count < options.Value.LoginFailuresPerAddress)
                times.Enqueue(time.GetUtcNow());
        }
    }

    private void Forget(Queue<DateTimeOffset> times)
    {
        var oldest = time.GetUtcNow() - options.Value.LoginWindow;
        while (times.TryPeek(out var first) && first <= oldest)
            times.Dequeue();
    }

    private void ForgetAll()
    {
        foreach (var (key, times) in _failures)
        {
            lock (times)
            {
                Forget(times);
                if (times.Count == 0)
                    _failures.TryRemove(key, out _);
            }
        }

        // All of them fresh: an attack. Forgetting is better than falling over; the addresses are counted anew.
        if (_failures.Count > MaxKeys)
            _failures.Clear();
    }
}
