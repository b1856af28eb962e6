using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>Makes the API's items of anomalies, and their error.</summary>
internal static class AnomalyItems
{
    private static readonly AnomalyItem s_example = new()
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
        Model = new ListAnalysesModelItem("lobby.h5", new string('a', 64)),
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

    private static readonly Error s_notFound = new(ErrorKind.NotFound, "anomaly_not_found", "There is no such anomaly.");

    extension(AnomalyItem)
    {
        public static AnomalyItem Example => s_example;

        public static Error NotFound => s_notFound;

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
            Model = a.ModelName is null ? null : new ListAnalysesModelItem(a.ModelName, a.ModelSha256),
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

    public string Kind => EventKind;

    public bool HasLinks => false;

    public async Task<string?> RenderAsync(long subjectId, string publicBase, CancellationToken cancellationToken)
    {
        var item = await db.Set<Anomaly>().AsNoTracking().Where(a => a.Id == subjectId)
            .Select(a => new AnomalyChange(a.Id, a.CameraId, a.Status, a.Resolution)).SingleOrDefaultAsync(cancellationToken);
        return item is null ? null : JsonSerializer.Serialize(item, WebJson.Options);
    }
}
