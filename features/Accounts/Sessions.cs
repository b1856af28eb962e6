using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>Begins, renews and ends sessions.</summary>
internal sealed class Sessions(
    BackendDb db, AccessTokens tokens, IAuditLog audit, IOptions<AccountsOptions> options, TimeProvider time)
{
    private static readonly Error s_notValid = new(
        ErrorKind.Unauthenticated, "refresh_token_invalid", "The refresh token is not valid; sign in again.");

    public async Task<TokenPair> BeginAsync(User user, CancellationToken cancellationToken)
    {
        var session = new Session { Id = Guid.NewGuid().ToString("N"), UserId = user.Id, CreatedAt = time.GetUtcNow() };
        db.Add(session);
        var pair = Issue(user, session.Id);
        await db.SaveChangesAsync(cancellationToken);
        return pair;
    }

    /// <summary>Exchanges a refresh token. A token that was used before ends the session: one of its two users is a thief.</summary>
    public async Task<Result<TokenPair>> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var hash = HashOf(refreshToken);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var known = await db.Set<RefreshToken>().AsNoTracking().SingleOrDefaultAsync(r => r.Hash == hash, cancellationToken);
        var session = known is null ? null : await db.Set<Session>().SingleOrDefaultAsync(s => s.Id == known.SessionId, cancellationToken);
        var user = session is null ? null : await db.Set<User>().SingleOrDefaultAsync(u => u.Id == session.UserId, cancellationToken);
        if (!SessionRules.IsUsable(known, session, user, now))
            return s_notValid;
        var used = await db.Set<RefreshToken>().Where(r => r.Id == known.Id && r.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), cancellationToken);
        if (used == 0)
        {
            session.RevokedAt = now;
            audit.Record(user.PublicCompanyId, "refresh_token.reused", $"users/{user.Id}");
            await db.SaveChangesAsync(cancellationToken);
            await db.AnnounceAsync(SessionCheck.Topic, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return s_notValid;
        }

        var pair = Issue(user, session.Id);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return pair;
    }

    public Task EndAsync(string sessionId, CancellationToken cancellationToken) =>
        EndAsync(db.Set<Session>().Where(s => s.Id == sessionId), cancellationToken);

    /// <param name="userId">The user whose sessions end.</param>
    /// <param name="except">A session that continues; null: none.</param>
    public Task EndAllOfAsync(long userId, string? except, CancellationToken cancellationToken) =>
        EndAsync(db.Set<Session>().Where(s => s.UserId == userId && s.Id != (except ?? "")), cancellationToken);

    public Task EndAllOfCompanyAsync(long companyId, CancellationToken cancellationToken)
    {
        var users = db.Set<User>().Where(u => u.CompanyId == companyId).Select(u => u.Id);
        return EndAsync(db.Set<Session>().Where(s => users.Contains(s.UserId)), cancellationToken);
    }

    private static string HashOf(string refreshToken) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(refreshToken)));

    private async Task EndAsync(IQueryable<Session> sessions, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await sessions.Where(s => s.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now), cancellationToken);
        await db.AnnounceAsync(SessionCheck.Topic, cancellationToken);
    }

    private TokenPair Issue(User user, string sessionId)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.Add(new RefreshToken
        {
            SessionId = sessionId,
            Hash = HashOf(secret),
            ExpiresAt = time.GetUtcNow() + options.Value.RefreshLifetime,
        });
        var expiry = tokens.NextExpiry();
        var token = tokens.Issue(new Caller(user.Id, user.Email, user.PublicCompanyId, user.Role, sessionId, expiry));
        return new TokenPair(token, secret, expiry);
    }
}

/// <summary>
/// Checks the session of each request. It runs before the request's company scope is known and therefore uses a scope of its own. A
/// result is cached until any session ends in any process, so a revocation takes effect at once.
/// </summary>
internal sealed class SessionCheck(IServiceScopeFactory scopes, CacheInvalidation cacheInvalidation) : ISessions
{
    /// <summary>Announced when a session ends.</summary>
    public const string Topic = "sessions";

    private readonly ActiveSessions _active = new(cacheInvalidation);

    public async Task<bool> IsActiveAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (_active.Holds(sessionId))
            return true;
        var mark = cacheInvalidation.Mark(Topic);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("checking a session");
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var isActive = await db.Set<Session>().AnyAsync(
            s => s.Id == sessionId && s.RevokedAt == null && db.Set<User>().Any(u => u.Id == s.UserId && u.DeletedAt == null),
            cancellationToken);
        if (isActive)
            _active.Keep(sessionId, mark);
        return isActive;
    }

    public async Task<bool> IsWorkerActiveAsync(string tokenId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("checking a worker's token");
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        return await db.Set<WorkerToken>().AnyAsync(t => t.TokenId == tokenId && t.RevokedAt == null, cancellationToken);
    }
}

/// <summary>Ends the accounts, sessions, worker tokens and devices of a company that is being archived.</summary>
internal sealed class EndCompanyAccounts(BackendDb db, Sessions sessions) : ICompanyArchiving
{
    public async Task OnArchivingAsync(long companyId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await sessions.EndAllOfCompanyAsync(companyId, cancellationToken);
        await db.Set<User>().Where(u => u.CompanyId == companyId && u.DeletedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.DeletedAt, at).SetProperty(u => u.Version, u => u.Version + 1), cancellationToken);
        await db.Set<WorkerToken>().Where(t => t.CompanyId == companyId && t.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedAt, at), cancellationToken);
        await db.Set<Device>().Where(d => d.CompanyId == companyId).ExecuteDeleteAsync(cancellationToken);
    }
}
