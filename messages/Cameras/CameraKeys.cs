namespace Siaga.Messages;

/// <summary>A camera's key as Ingestion checks it.</summary>
/// <param name="Hash">Of the key; the key itself is shown once and stored nowhere.</param>
/// <param name="Active">False: it was revoked.</param>
/// <param name="ChangedAt">UTC.</param>
public sealed record CameraKeyInfo(long Id, long CameraId, long CompanyId, string Hash, bool Active, DateTimeOffset ChangedAt);

/// <summary>Keys that were changed. <c>GET /internal/camera-keys</c>.</summary>
/// <param name="Now">Pass it as <c>changed_after</c> next time.</param>
/// <param name="Keys">By the time of their change.</param>
/// <param name="After">There are more: pass it as <c>after</c>, with the same <c>changed_after</c>, at once. Null: that was all.</param>
public sealed record CameraKeyChanges(DateTimeOffset Now, IReadOnlyList<CameraKeyInfo> Keys, string? After);

/// <summary>Asks for one key. <c>POST /internal/camera-keys/find</c>.</summary>
public sealed record CameraKeyQuery(string Hash);

/// <param name="Id">The key's.</param>
/// <param name="At">When it was last used. UTC.</param>
public sealed record CameraKeyUse(long Id, DateTimeOffset At);

/// <summary>When keys were last used. <c>POST /internal/camera-keys/used</c>.</summary>
public sealed record CameraKeyUses(IReadOnlyList<CameraKeyUse> Used);

/// <summary>Whose camera it is. <c>GET /internal/cameras/{number or stream key}</c>.</summary>
public sealed record CameraOwner(long CameraId, long CompanyId);
