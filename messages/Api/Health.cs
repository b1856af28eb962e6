namespace Siaga.Messages.Api;

/// <summary>The state of every part. <c>GET /api/health/report</c>.</summary>
/// <param name="Ingestion">Ready if one of its processes is, by their heartbeats.</param>
/// <param name="AiWorker">Ready if one of its processes is, by their heartbeats.</param>
/// <param name="Database">The Backend's database.</param>
/// <param name="Rabbitmq">The broker, also if it is not RabbitMQ.</param>
/// <param name="S3">The object storage, also if it is not S3.</param>
/// <param name="Disk">The disk of the Backend's working directory.</param>
/// <param name="Build">The version of this build.</param>
public sealed record ReportHealthResponse(
    HealthState Backend,
    HealthState Ingestion,
    HealthState AiWorker,
    HealthState PushService,
    HealthState MediaServer,
    HealthState Database,
    HealthState Rabbitmq,
    HealthState S3,
    ReportHealthDisk Disk,
    string Build);

/// <param name="Ok">True when the part works now.</param>
/// <param name="Status">A few words for a person.</param>
public sealed record HealthState(bool Ok, string Status)
{
    /// <summary>The part's processes, for superadmins; absent when unknown.</summary>
    public IReadOnlyList<HealthProcess>? Processes { get; init; }
}

/// <param name="Name">The name that the process reports.</param>
/// <param name="Ok">True when it is ready now.</param>
/// <param name="Status">What it lacks, or <c>ok</c>.</param>
/// <param name="Version">Its build.</param>
/// <param name="LastSeenAt">Time of its last heartbeat.</param>
public sealed record HealthProcess(string Name, bool Ok, string Status, string Version, DateTimeOffset LastSeenAt);

/// <param name="Free">Bytes.</param>
/// <param name="Total">Bytes; 0 where the system does not tell.</param>
public sealed record ReportHealthDisk(long Free, long Total);
