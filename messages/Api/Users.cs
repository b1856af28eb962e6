using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary>A user. An item of <c>GET /api/users</c>.</summary>
/// <param name="CompanyId">0 for superadmins, who have no company.</param>
/// <param name="Pending">True for a requested account until an admin approves it; otherwise absent.</param>
public sealed record ListUsersItem(
    long Id, string Email, long CompanyId, Role Role, string? Name, DateTimeOffset CreatedAt, bool? Pending = null);

/// <summary>A person's role. Each includes the rights of those before it.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Role>))]
public enum Role
{
    /// <summary>Views the company's cameras and anomalies, and handles anomalies.</summary>
    User,

    /// <summary>Also manages the company's users, cameras and keys.</summary>
    CompanyAdmin,

    /// <summary>Also manages companies, and sees all of them.</summary>
    Superadmin,
}

/// <summary><c>POST /api/register</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record RegisterUserRequest(string Email, string Password)
{
    /// <summary>Default <c>user</c>.</summary>
    public Role Role { get; init; } = Role.User;

    public string? Name { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? CompanyId { get; init; }
}

/// <summary>A new user. Also the answer to <c>POST /api/invitations/accept</c>.</summary>
/// <param name="UserId">The same as <c>id</c>; older clients read it.</param>
/// <param name="CompanyId">0 for superadmins, who have no company.</param>
public sealed record RegisterUserResponse(long UserId, long Id, string Email, long CompanyId, Role Role);

/// <summary><c>PUT /api/users/{id}</c>. A field left out keeps its value.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChangeUserRequest
{
    public Role? Role { get; init; }

    public string? Email { get; init; }

    /// <summary>An empty string clears it.</summary>
    public string? Name { get; init; }

    public string? Password { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? CompanyId { get; init; }
}

/// <summary><c>DELETE /api/users/{id}</c>.</summary>
public sealed record DeleteUserResponse(long Id, DateTimeOffset DeletedAt);

/// <summary><c>POST /api/users/fcm-token</c>.</summary>
/// <param name="FcmToken">The phone's address at the push service; empty removes the caller's devices.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record SetDeviceRequest(string FcmToken);

public sealed record SetDeviceResponse(bool Ok);
