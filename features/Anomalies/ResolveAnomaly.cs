using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>A user resolves an anomaly. Safe to repeat with the same resolution; a different one is a conflict.</summary>
internal static class ResolveAnomaly
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/anomalies/{id:long}/resolve", HandleAsync).HoldsSecret()
        .Describe(
            "Anomalies", "Say what an anomaly was",
            "Safe to repeat with the same answer. With `normal`, the camera's scene detector learns that such is normal here.")
        .Takes(new ResolveAnomalyRequest(Resolution.FalseAlarm, "The postman.", Normal: true))
        .Answers(
            200,
            AnomalyItem.Example with { Status = AnomalyStatus.Resolved, Resolution = Resolution.FalseAlarm, ResolvedBy = 7, Normal = true })
        .Fails(400, "note_too_long", "note_unprintable", "normal_invalid").Fails(404, AnomalyItem.NotFound.Code)
        .Fails(409, "anomaly_status");

    private static async Task<IResult> HandleAsync(
        long id, ResolveAnomalyRequest request, Caller caller, BackendDb db, TimeProvider time, Answers answers)
    {
        var note = InputText.CleanOptional(request.Note, "note", AcknowledgeAnomaly.MaxNoteLength);
        if (!note.IsOk)
            return note.Error.ToProblem();
        if (request is { Normal: true, Resolution: not Resolution.FalseAlarm })
            return new Error(ErrorKind.Invalid, "normal_invalid", "Only a false alarm can be 'normal'.").ToProblem();
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var changed = await db.Set<Anomaly>().Where(a => a.Id == id && a.Status != AnomalyStatus.Resolved).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Status, AnomalyStatus.Resolved)
            .SetProperty(a => a.Resolution, request.Resolution)
            .SetProperty(a => a.ResolvedBy, caller.UserId)
            .SetProperty(a => a.ResolvedAt, now)
            .SetProperty(a => a.ResolveNote, note.Value));
        await answers.RecordAsync(id, changed, "anomaly.resolved");
        if (request.Normal)
            await TeachAsync(id, db, now, answers);
        await transaction.CommitAsync();
        return await answers.OfAsync(id, a => a.Resolution == request.Resolution, "The anomaly has been resolved otherwise.");
    }

    /// <summary>Asks a worker, once, to learn the clip. Without a clip id the worker cannot be asked.</summary>
    private static async Task TeachAsync(long id, BackendDb db, DateTimeOffset now, Answers answers)
    {
        var taught = await db.Set<Anomaly>().Where(a => a.Id == id && a.Resolution == Resolution.FalseAlarm && !a.IsNormal)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.IsNormal, true));
        if (taught == 0)
            return;
        var anomaly = await db.Set<Anomaly>().AsNoTracking().SingleAsync(a => a.Id == id);
        if (anomaly.ClipId is { } clip)
        {
            db.Enqueue(OutboxMessage.Of(
                string.Create(CultureInfo.InvariantCulture, $"clip-normal-{id}"),
                Routes.ClipIsNormal,
                new ClipIsNormal
                {
                    ClipId = clip,
                    CameraId = anomaly.CameraId,
                    CompanyId = anomaly.CompanyId,
                    VideoPath = anomaly.StorageKey,
                    CapturedAt = anomaly.CapturedAt,
                },
                MessageJson.Options,
                anomaly.CompanyId.ToString(CultureInfo.InvariantCulture),
                now));
        }

        await answers.RecordAsync(id, taught, "anomaly.called_normal");
    }
}
