using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Siaga.Web;

/// <summary>Makes and reads the tokens that people carry: JWT, HS256, with the claims that older clients decode.</summary>
public sealed class AccessTokens(IOptions<AuthOptions> options, TimeProvider time)
{
    private const string Name = "siaga";

    // Some 10 MB. Only tokens of ours get here.
    private const int MaxRead = 10_000;

    private readonly ConcurrentDictionary<string, (System.Security.Claims.ClaimsPrincipal Principal, DateTimeOffset ExpiresAt)> _read = new(StringComparer.Ordinal);

    private readonly SymmetricSecurityKey _key = new(Callers.SigningKeys.Read(options.Value));
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    /// <summary>When a token made now ends, to the second.</summary>
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

    /// <summary>A token with which a worker reports for one company.</summary>
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

    /// <summary>The person that a token names; null when it is not ours, changed or over. Whether the session still lives is another question.</summary>
    public async Task<Caller?> ReadAsync(string token) => await ReadPrincipalAsync(token) is { } principal ? Caller.Of(principal) : null;

    /// <summary>What a token says; null when it is not ours, changed or over.</summary>
    internal async Task<System.Security.Claims.ClaimsPrincipal?> ReadPrincipalAsync(string token)
    {
        // What a token says never changes, only whether it is over.
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
