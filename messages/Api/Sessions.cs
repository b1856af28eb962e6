using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary><c>POST /api/login</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record LogInRequest(string Email, string Password);

/// <param name="Token">For the <c>Authorization</c> header.</param>
/// <param name="RefreshToken">Exchanged once for the next pair.</param>
/// <param name="ExpiresAt">When <c>token</c> expires.</param>
public sealed record LogInResponse(string Token, string RefreshToken, DateTimeOffset ExpiresAt, ListUsersItem User);

/// <summary><c>POST /api/token/refresh</c>.</summary>
public sealed record RefreshTokensRequest(string RefreshToken);

/// <summary>The tokens that a sign-in gives.</summary>
/// <param name="Token">For the <c>Authorization</c> header.</param>
/// <param name="RefreshToken">Exchanged once for the next pair.</param>
/// <param name="ExpiresAt">When <c>token</c> expires.</param>
public sealed record TokenPair(string Token, string RefreshToken, DateTimeOffset ExpiresAt);

/// <summary><c>POST /api/users/password</c>.</summary>
public sealed record ChangePasswordRequest(string CurrentPassword, string NewPassword);
