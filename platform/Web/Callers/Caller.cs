using Siaga.Primitives;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Siaga.Web;

/// <summary>The person behind a request, according to the access token.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Email">In lower case.</param>
/// <param name="CompanyId">The user's company; 0 for a superadmin, who has none.</param>
/// <param name="Role">The user's role.</param>
/// <param name="SessionId">The session (<c>sid</c>), which can be ended.</param>
/// <param name="ExpiresAt">When the token expires. UTC.</param>
public sealed record Caller(long UserId, string Email, long CompanyId, Role Role, string SessionId, DateTimeOffset ExpiresAt)
{
    internal const string UserIdClaim = "user_id";
    internal const string EmailClaim = "email";
    internal const string CompanyIdClaim = "company_id";
    internal const string RoleClaim = "role";
    internal const string SessionClaim = "sid";
    internal const string ExpiryClaim = "exp";

    public bool SeesAllCompanies => Role == Role.Superadmin;

    /// <summary>The caller of a request; null when the request is not authenticated as a person.</summary>
    public static Caller? Of(ClaimsPrincipal principal)
    {
        if (RoleNames.ToRole(principal.FindFirstValue(RoleClaim)) is not { } role
            || !long.TryParse(principal.FindFirstValue(UserIdClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
            || !long.TryParse(principal.FindFirstValue(CompanyIdClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var companyId)
            || !long.TryParse(principal.FindFirstValue(ExpiryClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
            || principal.FindFirstValue(SessionClaim) is not { Length: > 0 } session)
            return null;
        return new Caller(
            userId, principal.FindFirstValue(EmailClaim) ?? "", companyId, role, session, DateTimeOffset.FromUnixTimeSeconds(expiry));
    }

    /// <summary>Lets a handler take the caller as a parameter. The endpoint's policy guarantees that there is one.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    /// <summary>Limits a unit of work to what this person may see. Done for each request, and by streams for each read.</summary>
    public void Claim(CompanyScope scope)
    {
        if (SeesAllCompanies)
            scope.SetAll("superadmin");
        else
            scope.SetCompany(CompanyId);
    }

    internal ClaimsPrincipal ToPrincipal()
    {
        Claim[] claims =
        [
            new(UserIdClaim, UserId.ToString(CultureInfo.InvariantCulture)),
            new(EmailClaim, Email),
            new(CompanyIdClaim, CompanyId.ToString(CultureInfo.InvariantCulture)),
            new(RoleClaim, Role.ToName()),
            new(SessionClaim, SessionId),
            new(ExpiryClaim, ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SiagaAuthentication.Scheme, EmailClaim, RoleClaim));
    }
}
