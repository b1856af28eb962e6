namespace Siaga.Ports;

/// <summary>What other features may query about anomalies, within the caller's scope.</summary>
public interface IAnomalyRegistry
{
    /// <param name="anomalyId">Null for the newest anomaly.</param>
    Task<AnomalyRef?> FindAsync(long? anomalyId, CancellationToken cancellationToken);
}

public sealed record AnomalyRef(long Id, long CameraId, long CompanyId);
