namespace Siaga.Messages.Api;

/// <summary>A camera's key, without its secret. An item of <c>GET /api/cameras/{id}/keys</c>.</summary>
/// <param name="Prefix">Its first characters.</param>
public sealed record ListCameraKeysItem(
    long Id, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary><c>POST /api/cameras/{id}/keys</c>.</summary>
/// <param name="Id">Used to revoke it.</param>
/// <param name="Key">Shown only this once.</param>
/// <param name="Prefix">Its first characters.</param>
public sealed record MakeCameraKeyResponse(long Id, string Key, string Prefix);
