namespace Siaga.Web;

/// <summary>What a feature keeps of cameras, for the day when a superadmin wants it gone for good.</summary>
public interface ICameraEvidence
{
    /// <summary>
    /// Removes all that the feature keeps of a camera: objects first, then the rows that speak of them. Safe to repeat, and to take up again
    /// where an earlier try ended.
    /// </summary>
    Task PurgeAsync(CameraRef camera, CancellationToken cancellationToken);
}
