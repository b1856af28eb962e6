using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Siaga.Database;

namespace Siaga.Accounts;

/// <summary>Whether a refresh token may be exchanged. The database decides, in one statement, whether it was exchanged before.</summary>
internal static class SessionRules
{
    /// <param name="token">As stored; null: there is none like the one that was sent.</param>
    /// <param name="session">The token's.</param>
    /// <param name="user">The session's.</param>
    public static bool IsUsable(
        [NotNullWhen(true)] RefreshToken? token, [NotNullWhen(true)] Session? session, [NotNullWhen(true)] User? user,
        DateTimeOffset now) =>
        token is not null && token.ExpiresAt > now && session is { RevokedAt: null } && user is { DeletedAt: null };
}

/// <summary>Sessions that were found active, until any session ends in any process. Thread-safe.</summary>
internal sealed class ActiveSessions(CacheInvalidation cacheInvalidation)
{
    private readonly ConcurrentDictionary<string, CacheMark> _active = new(StringComparer.Ordinal);

    /// <summary>When there are this many, about 10 MB, all are forgotten. Each is cached again by its next request.</summary>
    public int MaxKept { get; init; } = 50_000;

    /// <summary>True: the session is active, and the database need not be asked.</summary>
    public bool Holds(string sessionId) =>
        _active.TryGetValue(sessionId, out var mark) && cacheInvalidation.IsCurrent(SessionCheck.Topic, mark);

    /// <param name="mark">Taken before the database was asked; null: nothing may be cached now.</param>
    public void Keep(string sessionId, CacheMark? mark)
    {
        if (mark is null)
            return;
        if (_active.Count >= MaxKept)
            _active.Clear();
        _active[sessionId] = mark.Value;
    }
}
