using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.App.Dashboard.Api;

/// <summary>How the whole is doing, for the operator.</summary>
public sealed class SystemCalls(ApiClient api)
{
    public Task<Answer<HealthReport>> HealthAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/health/report", SystemJson.Default.HealthReport, cancellationToken);

    public Task<Answer<List<QueueLine>>> QueuesAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/system/queues", SystemJson.Default.ListQueueLine, cancellationToken);

    public Task<Answer<List<WorkerLine>>> WorkersAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/system/workers", SystemJson.Default.ListWorkerLine, cancellationToken);

    public Task<Answer<List<DeadLetter>>> DeadAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/system/dead?limit=50", SystemJson.Default.ListDeadLetter, cancellationToken);

    public Task<Answer<Nothing>> ReplayAsync(string id) => api.SendAsync(HttpMethod.Post, $"/api/system/dead/{id}/replay");

    public Task<Answer<Nothing>> DropAsync(string id) => api.SendAsync(HttpMethod.Delete, $"/api/system/dead/{id}");

    public Task<Answer<Replayed>> ReplayAllAsync() =>
        api.SendAsync(HttpMethod.Post, "/api/system/dead/replay", new Note(null), SystemJson.Default.Note, SystemJson.Default.Replayed);

    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="bucket">Seconds of a point, 60 to 86,400.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Answer<List<LatencyPoint>>> LatencyAsync(DateTimeOffset from, DateTimeOffset to, int bucket, CancellationToken cancellationToken = default) => api.GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"/api/system/latency?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}&bucket={bucket}"),
        SystemJson.Default.ListLatencyPoint, cancellationToken);
}

public sealed record HealthPart(bool Ok, string Status);

/// <param name="Free">Bytes.</param>
/// <param name="Total">Bytes.</param>
public sealed record HealthDisk(long Free, long Total);

public sealed record HealthReport
{
    public HealthPart? Backend { get; init; }

    public HealthPart? Ingestion { get; init; }

    public HealthPart? AiWorker { get; init; }

    public HealthPart? PushService { get; init; }

    public HealthPart? MediaServer { get; init; }

    public HealthPart? Database { get; init; }

    public HealthPart? Rabbitmq { get; init; }

    public HealthPart? S3 { get; init; }

    public HealthDisk? Disk { get; init; }

    public string? Build { get; init; }
}

public sealed record QueueLine(string Queue, long Depth, long Dead)
{
    public long? InHand { get; init; }

    public double? OldestAgeSeconds { get; init; }
}

public sealed record WorkerLine(string Worker, DateTimeOffset LastSeenAt, long ClipsLastHour)
{
    public string? Version { get; init; }

    public bool? Ready { get; init; }

    public string? Status { get; init; }

    public DateTimeOffset? LastAnalysisAt { get; init; }
}

public sealed record DeadLetter(string Id, string Queue, string Reason, int Attempts, DateTimeOffset FailedAt)
{
    public string? Type { get; init; }

    public string? Code { get; init; }

    public string? ClipId { get; init; }

    public long? CameraId { get; init; }

    public JsonElement? Body { get; init; }
}

public sealed record Replayed([property: JsonPropertyName("replayed")] int Count);

/// <param name="At">Where the bucket begins.</param>
/// <param name="Count">Reports in it.</param>
public sealed record LatencyPoint(DateTimeOffset At, long Count, double P50Seconds, double P95Seconds, double P99Seconds);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(List<QueueLine>))]
[JsonSerializable(typeof(List<WorkerLine>))]
[JsonSerializable(typeof(List<DeadLetter>))]
[JsonSerializable(typeof(Replayed))]
[JsonSerializable(typeof(List<LatencyPoint>))]
[JsonSerializable(typeof(Note))]
public sealed partial class SystemJson : JsonSerializerContext;
