namespace Siaga.Web;

/// <summary>What features may ask about cameras. Archived ones are found too: their recordings and anomalies stay. Within the caller's scope.</summary>
public interface ICameraRegistry
{
    Task<CameraRef?> FindAsync(long cameraId, CancellationToken cancellationToken);

    /// <param name="idOrStreamKey">A number, or a stream key; of several with one key the one in use.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CameraRef?> FindAsync(string idOrStreamKey, CancellationToken cancellationToken);
}

public sealed record CameraRef(long Id, long CompanyId, string Name, string StreamKey)
{
    /// <summary>How often the scene detector may be wrong; its sensitivity.</summary>
    public double FalseAlarmsADay { get; init; } = 1;

    /// <summary>IANA name.</summary>
    public string TimeZone { get; init; } = "UTC";

    public DateTimeOffset CreatedAt { get; init; }
}
