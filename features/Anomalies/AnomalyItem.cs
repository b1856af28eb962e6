using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>An anomaly in lists, single answers and live events.</summary>
internal sealed record AnomalyItem
{
    public required long Id { get; init; }

    public required long CameraId { get; init; }

    public required long CompanyId { get; init; }

    public required string AnomalyType { get; init; }

    /// <summary>The same as <see cref="AnomalyType"/>, under the name that analyses use.</summary>
    public required string Label { get; init; }

    public required double Confidence { get; init; }

    /// <summary>Signed URL of the clip, valid for some minutes.</summary>
    public required string VideoClipUrl { get; init; }

    /// <summary>Signed URL of the strongest moment's picture, valid for some minutes. Absent until the picture is stored.</summary>
    public string? PictureUrl { get; init; }

    /// <summary><c>model</c> or <c>scene</c>: the detector that raised it.</summary>
    public required string Detector { get; init; }

    /// <summary>The model that analysed the clip, and its version by its SHA-256; absent when none did.</summary>
    public ListAnalyses.ModelItem? Model { get; init; }

    /// <summary>The scene detector's finding for the clip, with its explanation; absent when it did not run.</summary>
    public SceneFinding? Scene { get; init; }

    /// <summary>
    /// The finding that raised it. Its <c>attribute</c>, <c>value</c> and <c>usual</c> say the same as the scene's English explanation, for
    /// sentences in other languages. Absent when the worker reported no findings.
    /// </summary>
    public Finding? Finding { get; init; }

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

    /// <summary>True when a user marked it as normal.</summary>
    public bool Normal { get; init; }

    public static AnomalyItem Example { get; } = new()
    {
        Id = 120,
        CameraId = 9,
        CompanyId = 7,
        AnomalyType = "fighting",
        Label = "fighting",
        Confidence = 0.93,
        VideoClipUrl = "https://siaga.example/blobs/7/9/2026/11/24/0192_20261124T080000Z.mp4?expires=1795507200&signature=abc",
        PictureUrl = "https://siaga.example/blobs/7/9/2026/11/24/0192_20261124T080000Z.jpg?expires=1795507200&signature=abc",
        Detector = Detectors.Model,
        Model = new ListAnalyses.ModelItem("lobby.h5", new string('a', 64)),
        Scene = SceneFindingRules.Example,
        Finding = new Finding(Detectors.Model, "fighting", 0.93, 0.65, 2, 4, 3, Alarm: true),
        ClipId = "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10",
        FromS = 2,
        ToS = 4,
        CapturedAt = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
        ReceivedAt = new DateTimeOffset(2026, 11, 24, 8, 0, 5, TimeSpan.Zero),
        ReportedAt = new DateTimeOffset(2026, 11, 24, 8, 0, 6, TimeSpan.Zero),
        Status = AnomalyStatus.New,
    };

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
        PictureUrl = a.PictureKey is null ? null : urls.Of(a.PictureKey, publicBase),
        Detector = a.Detector ?? Detectors.Model,
        Model = a.ModelName is null ? null : new ListAnalyses.ModelItem(a.ModelName, a.ModelSha256),
        Scene = a.Scene,
        Finding = a.Finding,
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
        Normal = a.IsNormal,
    };
}

/// <summary>Publishes a new anomaly to live subscribers.</summary>
internal sealed class AnomalyEvents(BackendDb db, ClipUrls urls) : IEventRenderer
{
    public const string EventKind = "anomaly";

    public string Kind => EventKind;

    public bool HasLinks => true;

    public async Task<string?> RenderAsync(long subjectId, string publicBase, CancellationToken cancellationToken)
    {
        var anomaly = await db.Set<Anomaly>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == subjectId, cancellationToken);
        return anomaly is null ? null : JsonSerializer.Serialize(AnomalyItem.Of(anomaly, urls, publicBase), WebJson.Options);
    }
}

/// <summary>Publishes a user's decision to live subscribers, so that two colleagues do not handle the same anomaly.</summary>
internal sealed class AnomalyChanges(BackendDb db) : IEventRenderer
{
    public const string EventKind = "anomaly_changed";

    /// <param name="Id">The anomaly's id.</param>
    /// <param name="CameraId">The anomaly's camera.</param>
    /// <param name="Status">The status after the decision.</param>
    /// <param name="Resolution">The user's decision; absent until the anomaly is resolved.</param>
    internal sealed record Item(long Id, long CameraId, AnomalyStatus Status, Resolution? Resolution);

    public string Kind => EventKind;

    public bool HasLinks => false;

    public async Task<string?> RenderAsync(long subjectId, string publicBase, CancellationToken cancellationToken)
    {
        var item = await db.Set<Anomaly>().AsNoTracking().Where(a => a.Id == subjectId)
            .Select(a => new Item(a.Id, a.CameraId, a.Status, a.Resolution)).SingleOrDefaultAsync(cancellationToken);
        return item is null ? null : JsonSerializer.Serialize(item, WebJson.Options);
    }
}
