using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary>An invitation of a superadmin. An item of <c>GET /api/invitations</c>.</summary>
/// <param name="CreatedBy">A user's id.</param>
public sealed record InviteSuperadminItem(
    long Id,
    string Email,
    long CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? RevokedAt);

/// <summary><c>POST /api/invitations</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record InviteSuperadminRequest(string Email);

/// <param name="Id">Used to revoke it.</param>
/// <param name="Token">For <c>POST /api/invitations/accept</c>; shown only this once.</param>
/// <param name="ExpiresAt">After it the token is refused.</param>
public sealed record InviteSuperadminResponse(long Id, string Email, string Token, DateTimeOffset ExpiresAt);

/// <summary><c>POST /api/invitations/accept</c>. The answer is that of <c>POST /api/register</c>.</summary>
/// <param name="Token">From the invitation.</param>
/// <param name="Password">Of the new account.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record AcceptInvitationRequest(string Token, string Password)
{
    public string? Name { get; init; }
}
