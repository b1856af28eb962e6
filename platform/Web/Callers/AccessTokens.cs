using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Siaga.Web;

/// <summary>Issues and reads access tokens: JWT, HS256, with the claims that older clients decode.</summary>
public sealed class AccessTokens(IOptions<AuthOptions> options, TimeProvider time)
{
    private const string Name = "siaga";

    // About 10 MB. Only tokens with a valid signature are cached.
    private const int MaxRead = 10_000;

    private readonly ConcurrentDictionary<string, (System.Security.Claims.ClaimsPrincipal Principal, DateTimeOffset ExpiresAt)> _read = new(
        StringComparer.Ordinal);

    private readonly SymmetricSecurityKey _key = new(Callers.SigningKeys.Read(options.Value));
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    /// <summary>The expiry of a token issued now, in whole seconds.</summary>
    public DateTimeOffset NextExpiry() =>
        DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + options.Value.TokenLifetime).ToUnixTimeSeconds());

    public string Issue(Caller caller) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Name,
        Audience = Name,
        IssuedAt = time.GetUtcNow().UtcDateTime,
        Expires = caller.ExpiresAt.UtcDateTime,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [Caller.UserIdClaim] = caller.UserId,
            [Caller.EmailClaim] = caller.Email,
            [Caller.CompanyIdClaim] = caller.CompanyId,
            [Caller.RoleClaim] = caller.Role.ToName(),
            [Caller.SessionClaim] = caller.SessionId,
        },
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
    });

    /// <summary>Issues a token with which a worker reports for one company.</summary>
    public string Issue(WorkerCaller worker) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Name,
        Audience = Name,
        IssuedAt = time.GetUtcNow().UtcDateTime,
        Expires = worker.ExpiresAt.UtcDateTime,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [Caller.RoleClaim] = Policies.Worker,
            [Caller.CompanyIdClaim] = worker.CompanyId,
            [Caller.SessionClaim] = worker.TokenId,
        },
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
    });

    /// <summary>
    /// The person that a token names; null when it is forged, changed or expired. Does not check whether the session is still active.
    /// </summary>
    public async Task<Caller?> ReadAsync(string token) => await ReadPrincipalAsync(token) is { } principal ? Caller.Of(principal) : null;

    /// <summary>The claims of a token; null when it is forged, changed or expired.</summary>
    internal async Task<System.Security.Claims.ClaimsPrincipal?> ReadPrincipalAsync(string token)
    {
        // A token's claims never change; only its expiry has to be checked again.
        if (_read.TryGetValue(token, out var known))
            return known.ExpiresAt > time.GetUtcNow() ? known.Principal : null;
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Name,
            ValidAudience = Name,
            IssuerSigningKey = _key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        if (!result.IsValid)
            return null;
        var principal = new System.Security.Claims.ClaimsPrincipal(result.ClaimsIdentity);
        if (_read.Count >= MaxRead)
            _read.Clear();
        _read[token] = (principal, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero));
        return principal;
    }
}
