namespace Siaga.Ports;

/// <summary>
/// What other features may query about cameras, within the caller's scope. Archived cameras are included, because their recordings and
/// anomalies stay.
/// </summary>
public interface ICameraRegistry
{
    Task<CameraRef?> FindAsync(long cameraId, CancellationToken cancellationToken);

    /// <param name="idOrStreamKey">An id or a stream key; if several cameras had the key, the one in use.</param>
    Task<CameraRef?> FindAsync(string idOrStreamKey, CancellationToken cancellationToken);
}

public sealed record CameraRef(long Id, long CompanyId, string Name, string StreamKey)
{
    /// <summary>The scene detector's sensitivity, as accepted false alarms a day.</summary>
    public double FalseAlarmsADay { get; init; } = 1;

    /// <summary>What people should know of it; null for nothing.</summary>
    public string? Notes { get; init; }

    /// <summary>IANA time zone.</summary>
    public string TimeZone { get; init; } = "UTC";

    public DateTimeOffset CreatedAt { get; init; }
}
