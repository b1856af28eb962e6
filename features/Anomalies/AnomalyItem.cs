using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>An anomaly as lists, single answers and events tell it.</summary>
internal sealed record AnomalyItem
{
    public required long Id { get; init; }

    public required long CameraId { get; init; }

    public required long CompanyId { get; init; }

    public required string AnomalyType { get; init; }

    /// <summary>The same as <see cref="AnomalyType"/>, under the name that analyses use.</summary>
    public required string Label { get; init; }

    public required double Confidence { get; init; }

    /// <summary>Plays for some minutes.</summary>
    public required string VideoClipUrl { get; init; }

    public string? ClipId { get; init; }

    public double? FromS { get; init; }

    public double? ToS { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }

    public required AnomalyStatus Status { get; init; }

    public long? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgeNote { get; init; }

    public Resolution? Resolution { get; init; }

    public long? ResolvedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public string? ResolveNote { get; init; }

    public static Error NotFound { get; } = new(ErrorKind.NotFound, "anomaly_not_found", "There is no such anomaly.");

    public static AnomalyItem Of(Anomaly a, ClipUrls urls, string publicBase) => new()
    {
        Id = a.Id,
        CameraId = a.CameraId,
        CompanyId = a.CompanyId,
        AnomalyType = a.AnomalyType,
        Label = a.AnomalyType,
        Confidence = a.Confidence,
        VideoClipUrl = urls.Of(a.StorageKey, publicBase),
        ClipId = a.ClipId,
        FromS = a.FromS,
        ToS = a.ToS,
        CapturedAt = a.CapturedAt,
        ReceivedAt = a.ReceivedAt,
        ReportedAt = a.ReportedAt,
        Status = a.Status,
        AcknowledgedBy = a.AcknowledgedBy,
        AcknowledgedAt = a.AcknowledgedAt,
        AcknowledgeNote = a.AcknowledgeNote,
        Resolution = a.Resolution,
        ResolvedBy = a.ResolvedBy,
        ResolvedAt = a.ResolvedAt,
        ResolveNote = a.ResolveNote,
    };
}

/// <summary>Tells an anomaly to those who listen.</summary>
internal sealed class AnomalyEvents(BackendDb db, ClipUrls urls) : IEventRenderer
{
    public const string EventKind = "anomaly";

    public string Kind => EventKind;

    public async Task<string?> RenderAsync(long subjectId, string publicBase, CancellationToken cancellationToken)
    {
        var anomaly = await db.Set<Anomaly>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == subjectId, cancellationToken);
        return anomaly is null ? null : JsonSerializer.Serialize(AnomalyItem.Of(anomaly, urls, publicBase), WebJson.Options);
    }
}
