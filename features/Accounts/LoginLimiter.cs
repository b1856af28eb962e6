using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Siaga.Primitives;

namespace Siaga.Accounts;

/// <summary>
/// Counts failed sign-ins in a sliding window: by account and address together, by address alone, and by account alone. In memory, a process.
/// </summary>
/// <remarks>
/// The account alone stops a guesser with many addresses. It does not stop the account's owner: an address from which the account was signed
/// in to before is not counted there, or anybody could lock anybody out.
/// </remarks>
internal sealed class LoginLimiter(IOptions<AccountsOptions> options, TimeProvider time)
{
    // Enough for an attack from many addresses to stay bounded in memory: some 10 MB.
    private const int MaxKeys = 50_000;
    private const int PrefixBytes = 8;

    private static readonly TimeSpan s_known = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);

    public static Error TooMany { get; } = new(ErrorKind.TooMany, "too_many_logins", "Too many failed sign-ins; wait a while.");

    /// <summary>Whom a request counts against: an address; of IPv6 the network, for its owner has all of it.</summary>
    public static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes().Take(PrefixBytes), .. new byte[PrefixBytes]]).ToString()
            : address.ToString();
    }

    /// <summary>The refusal, with its <c>Retry-After</c>, when it is too many; null: go on.</summary>
    public Error? Refuse(HttpContext context, string email, string address)
    {
        if (WaitFor(email, address) is not { } wait)
            return null;
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return TooMany;
    }

    /// <summary>How long to wait; null: go on.</summary>
    public TimeSpan? WaitFor(string email, string address)
    {
        var settings = options.Value;
        var pair = PairKey(email, address);
        var waits = new[]
        {
            Wait(pair, settings.LoginFailuresPerAccount),
            Wait(AddressKey(address), settings.LoginFailuresPerAddress),
            IsKnown(pair) ? null : Wait(AccountKey(email), settings.LoginFailuresFromStrangers),
        };
        return waits.Max();
    }

    /// <summary>Counts a try as failed before its outcome is known, so that many at once cannot slip under the limit.</summary>
    public void Begin(string email, string address)
    {
        var pair = PairKey(email, address);
        Add(pair, options.Value.LoginFailuresPerAccount);
        Add(AddressKey(address), options.Value.LoginFailuresPerAddress);
        if (!IsKnown(pair))
            Add(AccountKey(email), options.Value.LoginFailuresFromStrangers);
    }

    /// <summary>Takes a try back: it was the right password.</summary>
    public void Succeeded(string email, string address)
    {
        var pair = PairKey(email, address);
        _failures.TryRemove(pair, out _);
        TakeBack(AddressKey(address));
        if (!IsKnown(pair))
            TakeBack(AccountKey(email));
        if (_known.Count > MaxKeys)
            _known.Clear();
        _known[pair] = time.GetUtcNow();
    }

    private static string PairKey(string email, string address) => $"pair {address} {email}";

    private static string AddressKey(string address) => $"address {address}";

    private static string AccountKey(string email) => $"account {email}";

    private bool IsKnown(string pair) => _known.TryGetValue(pair, out var at) && at > time.GetUtcNow() - s_known;

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

    private void TakeBack(string key)
    {
        if (!_failures.TryGetValue(key, out var times))
            return;
        lock (times)
            times.TryDequeue(out _);
    }

    private void Add(string key, int limit)
    {
        if (_failures.Count > MaxKeys)
            ForgetAll();
        var times = _failures.GetOrAdd(key, _ => new Queue<DateTimeOffset>());
        lock (times)
        {
            Forget(times);
            if (times.Count < limit)
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
