using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary>A token of a worker that a company runs itself. An item of <c>GET /api/worker-tokens</c>.</summary>
/// <param name="CreatedBy">A user's id.</param>
public sealed record ManageWorkerTokensItem(
    long Id,
    string Name,
    long CompanyId,
    long CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt);

/// <summary><c>POST /api/worker-tokens</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ManageWorkerTokensRequest(string Name)
{
    /// <summary>A superadmin names the company; for other callers it can only be their own.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? CompanyId { get; init; }
}

/// <param name="Token">Shown only this once.</param>
public sealed record ManageWorkerTokensResponse(long Id, string Name, long CompanyId, string Token, DateTimeOffset ExpiresAt);
