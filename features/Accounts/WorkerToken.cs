using Siaga.Database;

namespace Siaga.Accounts;

/// <summary>With which a worker of somebody's own reports for one company. The token itself is not kept; this says whether it still is valid.</summary>
internal sealed class WorkerToken : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    /// <summary>By which people tell them apart.</summary>
    public required string Name { get; init; }

    /// <summary>The token's <c>sid</c>: 32 hexadecimal characters.</summary>
    public required string TokenId { get; init; }

    public required long CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
