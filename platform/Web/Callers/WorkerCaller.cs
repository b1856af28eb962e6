using System.Globalization;
using System.Security.Claims;

namespace Siaga.Web;

/// <summary>A worker that reports for a single company, with a token that can be revoked.</summary>
/// <param name="CompanyId">The company.</param>
/// <param name="TokenId">The token's <c>sid</c>.</param>
/// <param name="ExpiresAt">When the token expires. UTC.</param>
public sealed record WorkerCaller(long CompanyId, string TokenId, DateTimeOffset ExpiresAt)
{
    /// <summary>Null when the caller is not a worker of a single company.</summary>
    public static WorkerCaller? Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue(Caller.RoleClaim) == Policies.Worker
        && long.TryParse(principal.FindFirstValue(Caller.CompanyIdClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var company)
        && long.TryParse(principal.FindFirstValue(Caller.ExpiryClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
        && principal.FindFirstValue(Caller.SessionClaim) is { Length: > 0 } token
            ? new WorkerCaller(company, token, DateTimeOffset.FromUnixTimeSeconds(expiry))
            : null;

    internal ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [
            new Claim(Caller.RoleClaim, Policies.Worker),
            new Claim(Caller.CompanyIdClaim, CompanyId.ToString(CultureInfo.InvariantCulture)),
            new Claim(Caller.SessionClaim, TokenId),
            new Claim(Caller.ExpiryClaim, ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ],
        SiagaAuthentication.Scheme, Caller.EmailClaim, Caller.RoleClaim));
}
