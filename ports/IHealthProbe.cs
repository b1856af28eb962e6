namespace Siaga.Ports;

/// <summary>Reports the health of another part of the system. A composition or an adapter registers it.</summary>
public interface IHealthProbe
{
    /// <summary>The field in the health report: <c>ingestion</c>, <c>ai_worker</c>, <c>push_service</c> or <c>media_server</c>.</summary>
    string Part { get; }

    Task<HealthState> CheckAsync(CancellationToken cancellationToken);
}

/// <param name="Ok">True when the part works now.</param>
/// <param name="Status">A few words for a person.</param>
public sealed record HealthState(bool Ok, string Status)
{
    /// <summary>The part's processes, for superadmins; null when unknown.</summary>
    public IReadOnlyList<HealthProcess>? Processes { get; init; }
}

/// <param name="Name">The name that the process reports.</param>
/// <param name="Ok">True when it is ready now.</param>
/// <param name="Status">What it lacks, or <c>ok</c>.</param>
/// <param name="Version">Its build.</param>
/// <param name="LastSeenAt">Time of its last heartbeat.</param>
public sealed record HealthProcess(string Name, bool Ok, string Status, string Version, DateTimeOffset LastSeenAt);
