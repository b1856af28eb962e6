using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary>A third-party worker's report. <c>POST /api/report-anomaly</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ReportAnomalyRequest
{
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public required long CameraId { get; init; }

    public required string AnomalyType { get; init; }

    /// <summary>0 to 1.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public required double Confidence { get; init; }

    /// <summary>A storage key, or a URL whose path ends in one.</summary>
    public required string VideoClipUrl { get; init; }

    /// <summary>When the worker saw it; default now. A later time counts as now.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>With it the report is safe to repeat.</summary>
    public string? TaskId { get; init; }
}

/// <param name="AnomalyId">The same as <c>id</c>.</param>
/// <param name="Created">False when the task was reported before.</param>
public sealed record ReportAnomalyResponse(bool Ok, long Id, long AnomalyId, bool Created);
