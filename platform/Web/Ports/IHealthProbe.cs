namespace Siaga.Web;

/// <summary>Knows how another part of the system is. Registered by whoever can tell: a composition, an adapter.</summary>
public interface IHealthProbe
{
    /// <summary>The report's field: <c>ingestion</c>, <c>ai_worker</c>, <c>push_service</c> or <c>media_server</c>.</summary>
    string Part { get; }

    Task<HealthState> CheckAsync(CancellationToken cancellationToken);
}

/// <param name="Ok">True when it works now.</param>
/// <param name="Status">A few words for a person.</param>
public sealed record HealthState(bool Ok, string Status)
{
    /// <summary>Each of its processes, for superadmins; null where nobody knows.</summary>
    public IReadOnlyList<HealthProcess>? Processes { get; init; }
}

/// <param name="Name">As it calls itself.</param>
/// <param name="Ok">True when it is ready now.</param>
/// <param name="Status">What it lacks, or <c>ok</c>.</param>
/// <param name="Version">Its build.</param>
/// <param name="LastSeenAt">Its last word.</param>
public sealed record HealthProcess(string Name, bool Ok, string Status, string Version, DateTimeOffset LastSeenAt);
