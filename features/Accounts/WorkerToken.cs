using Siaga.Database;

namespace Siaga.Accounts;

/// <summary>
/// The credential of a worker that a company runs itself. The token is not stored; this row says whether it is still valid.
/// </summary>
internal sealed class WorkerToken : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    /// <summary>Shown to people, to tell tokens apart.</summary>
    public required string Name { get; init; }

    /// <summary>The token's <c>sid</c>: 32 hexadecimal characters.</summary>
    public required string TokenId { get; init; }

    public required long CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
