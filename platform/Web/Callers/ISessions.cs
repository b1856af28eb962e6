namespace Siaga.Web;

/// <summary>
/// Checks whether sessions are still active. The Backend's accounts implement it; a service without them relies on the token's expiry.
/// </summary>
public interface ISessions
{
    /// <summary>False from the moment that the session ended or its user was deactivated.</summary>
    Task<bool> IsActiveAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>False from the moment that the worker's token was revoked.</summary>
    Task<bool> IsWorkerActiveAsync(string tokenId, CancellationToken cancellationToken);
}
