namespace Siaga.Web;

/// <summary>Whether people's sessions still live. The Backend's accounts know; a service without them trusts the token's own end.</summary>
public interface ISessions
{
    /// <summary>False from the moment that the session, or its user, was ended.</summary>
    Task<bool> IsActiveAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>False from the moment that a worker's token was revoked.</summary>
    Task<bool> IsWorkerActiveAsync(string tokenId, CancellationToken cancellationToken);
}
