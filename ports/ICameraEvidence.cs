namespace Siaga.Ports;

/// <summary>What a feature stores about a camera, so that a superadmin can purge it.</summary>
public interface ICameraEvidence
{
    /// <summary>
    /// Removes everything that the feature stores about a camera: objects first, then the rows that refer to them. Safe to repeat, also
    /// after an attempt that stopped half-way.
    /// </summary>
    Task PurgeAsync(CameraRef camera, CancellationToken cancellationToken);
}
