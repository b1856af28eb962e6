namespace Siaga.Messages;

/// <summary>A camera's key as Ingestion checks it.</summary>
/// <param name="Hash">Hash of the key; the key itself is shown once and not stored.</param>
/// <param name="Active">False when the key was revoked.</param>
/// <param name="ChangedAt">UTC.</param>
public sealed record CameraKeyInfo(long Id, long CameraId, long CompanyId, string Hash, bool Active, DateTimeOffset ChangedAt);

/// <summary>Changed keys. <c>GET /internal/camera-keys</c>.</summary>
/// <param name="Now">Pass it as <c>changed_after</c> next time.</param>
/// <param name="Keys">In the order of their changes.</param>
/// <param name="After">Pass it at once as <c>after</c>, with the same <c>changed_after</c>, for more keys. Null on the last page.</param>
/// <param name="Mark">
/// Pass it as <c>seen</c> next time: then the answer waits until keys change, at most 8 seconds. Null from a Backend that does not wait.
/// </param>
public sealed record CameraKeyChanges(DateTimeOffset Now, IReadOnlyList<CameraKeyInfo> Keys, string? After, string? Mark = null);

/// <summary>Asks for one key. <c>POST /internal/camera-keys/find</c>.</summary>
public sealed record CameraKeyQuery(string Hash);

/// <param name="Id">The key's id.</param>
/// <param name="At">When it was last used. UTC.</param>
public sealed record CameraKeyUse(long Id, DateTimeOffset At);

/// <summary>When keys were last used. <c>POST /internal/camera-keys/used</c>.</summary>
public sealed record CameraKeyUses(IReadOnlyList<CameraKeyUse> Used);

/// <summary>A camera and its company. <c>GET /internal/cameras/{number or stream key}</c>.</summary>
public sealed record CameraOwner(long CameraId, long CompanyId);
