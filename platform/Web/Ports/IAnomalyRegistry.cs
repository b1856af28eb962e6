namespace Siaga.Web;

/// <summary>What features may ask about anomalies, within the caller's scope.</summary>
public interface IAnomalyRegistry
{
    /// <param name="anomalyId">Null: the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<AnomalyRef?> FindAsync(long? anomalyId, CancellationToken cancellationToken);
}

public sealed record AnomalyRef(long Id, long CameraId, long CompanyId);
