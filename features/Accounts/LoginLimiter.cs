using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Siaga.Primitives;

namespace Siaga.Accounts;

/// <summary>
/// Counts failed sign-ins in a sliding window: by account and address together, by address, and by account. In memory, per process.
/// </summary>
/// <remarks>
/// Counting by account stops an attacker with many addresses. It does not lock out the owner: an address that has signed in to the
/// account before is exempt from that count. Otherwise anyone could lock out anyone else.
/// </remarks>
internal sealed class LoginLimiter(IOptions<AccountsOptions> options, TimeProvider time)
{
    // Bounds the memory that an attack from many addresses takes: about 10 MB.
    private const int MaxKeys = 50_000;
    private const int PrefixBytes = 8;

    private static readonly TimeSpan s_known = TimeSpan.FromDays(30);

    private readonly Lock _counting = new();
    // Times in the order in which they were counted.
    private readonly Dictionary<string, List<DateTimeOffset>> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);

    public static Error TooMany { get; } = new(ErrorKind.TooMany, "too_many_logins", "Too many failed sign-ins; wait a while.");

    /// <summary>The address that an attempt counts against. Of IPv6 it is the /64 network, because one owner controls all of it.</summary>
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

    /// <summary>
    /// Counts an attempt as failed before its outcome is known, or refuses it with <c>Retry-After</c>
    /// if there were too many. Checking and counting are one step, so that concurrent attempts cannot
    /// slip in between. Null: go on, and call <see cref="Succeeded"/> after a success.
    /// </summary>
    public Error? Begin(HttpContext context, string email, string address)
    {
        if (Begin(email, address) is not { } wait)
            return null;
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return TooMany;
    }

    /// <summary>Takes back the failure that <see cref="Begin(HttpContext, string, string)"/> counted: the password was right.</summary>
    public void Succeeded(string email, string address)
    {
        var pair = PairKey(email, address);
        lock (_counting)
        {
            _failures.Remove(pair);
            TakeBack(AddressKey(address));
            if (!IsKnown(pair))
                TakeBack(AccountKey(email));
        }

        if (_known.Count > MaxKeys)
            _known.Clear();
        _known[pair] = time.GetUtcNow();
    }

    /// <summary>How long to wait; null if the attempt was counted and may go on.</summary>
    private TimeSpan? Begin(string email, string address)
    {
        var settings = options.Value;
        var pair = PairKey(email, address);
        List<(string Key, int Limit)> counts =
        [
            (pair, settings.LoginFailuresPerAccount),
            (AddressKey(address), settings.LoginFailuresPerAddress),
        ];
        if (!IsKnown(pair))
            counts.Add((AccountKey(email), settings.LoginFailuresFromStrangers));
        lock (_counting)
        {
            var wait = counts.Max(c => Wait(c.Key, c.Limit));
            if (wait is null)
                counts.ForEach(c => Add(c.Key));
            return wait;
        }
    }

    private static string PairKey(string email, string address) => $"pair {address} {email}";

    private static string AddressKey(string address) => $"address {address}";

    private static string AccountKey(string email) => $"account {email}";

    private bool IsKnown(string pair) => _known.TryGetValue(pair, out var at) && at > time.GetUtcNow() - s_known;

    private TimeSpan? Wait(string key, int limit)
    {
        if (!_failures.TryGetValue(key, out var times))
            return null;
        Forget(times);
        return times.Count < limit ? null : times[^limit] + options.Value.LoginWindow - time.GetUtcNow();
    }

    /// <summary>Removes the newest failure: the older ones are attempts that failed, and count until their window ends.</summary>
    private void TakeBack(string key)
    {
        if (_failures.TryGetValue(key, out var times) && times.Count > 0)
            times.RemoveAt(times.Count - 1);
    }

    private void Add(string key)
    {
        if (_failures.Count > MaxKeys)
            ForgetAll();
        if (!_failures.TryGetValue(key, out var times))
            _failures[key] = times = [];
        times.Add(time.GetUtcNow());
    }

    private void Forget(List<DateTimeOffset> times)
    {
        var oldest = time.GetUtcNow() - options.Value.LoginWindow;
        times.RemoveAll(at => at <= oldest);
    }

    private void ForgetAll()
    {
        foreach (var (key, times) in _failures)
        {
            Forget(times);
            if (times.Count == 0)
                _failures.Remove(key);
        }

        // All of them are recent: an attack. Losing the counts is better than running out of memory; counting starts anew.
        if (_failures.Count > MaxKeys)
            _failures.Clear();
    }
}
