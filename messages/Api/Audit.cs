namespace Siaga.Messages.Api;

/// <summary>Who did what. An item of <c>GET /api/audit</c>.</summary>
/// <param name="Actor">An e-mail, or the name of a service.</param>
/// <param name="ActorId">A user's id; absent for a service.</param>
/// <param name="Action">Such as <c>camera.created</c>.</param>
/// <param name="Target">Such as <c>cameras/9/keys/31</c>.</param>
/// <param name="CompanyId">0 for none.</param>
/// <param name="Address">The address that the request came from.</param>
public sealed record ListAuditItem(
    long Id, DateTimeOffset At, string Actor, long? ActorId, string Action, string Target, long CompanyId, string? Address);
