using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>A user acknowledges an anomaly. Safe to repeat: the first acknowledgement stays.</summary>
internal static class AcknowledgeAnomaly
{
    internal const int MaxNoteLength = 2000;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/anomalies/{id:long}/acknowledge", HandleAsync).HoldsSecret()
        .Describe("Anomalies", "Take an anomaly on", "Safe to repeat: the first who did stays.")
        .Takes(new AcknowledgeAnomalyRequest("On my way."))
        .Answers(200, AnomalyItem.Example with { Status = AnomalyStatus.Acknowledged, AcknowledgedBy = 7 })
        .Fails(400, "note_too_long", "note_unprintable").Fails(404, AnomalyItem.NotFound.Code).Fails(409, "anomaly_status");

    private static async Task<IResult> HandleAsync(
        long id, AcknowledgeAnomalyRequest? request, Caller caller, BackendDb db, TimeProvider time, Answers answers)
    {
        var note = InputText.CleanOptional(request?.Note, "note", MaxNoteLength);
        if (!note.IsOk)
            return note.Error.ToProblem();
        var now = time.GetUtcNow();

        // One statement, so that of two simultaneous requests exactly one is first.
        await using var transaction = await db.Database.BeginTransactionAsync();
        var changed = await db.Set<Anomaly>().Where(a => a.Id == id && a.Status == AnomalyStatus.New).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Status, AnomalyStatus.Acknowledged)
            .SetProperty(a => a.AcknowledgedBy, caller.UserId)
            .SetProperty(a => a.AcknowledgedAt, now)
            .SetProperty(a => a.AcknowledgeNote, note.Value));
        await answers.RecordAsync(id, changed, "anomaly.acknowledged");
        await transaction.CommitAsync();
        return await answers.OfAsync(id, a => a.Status == AnomalyStatus.Acknowledged, "The anomaly is already resolved.");
    }
}

/// <summary>Answers with the anomaly after a step, or with the conflict that prevented the step.</summary>
internal sealed class Answers(BackendDb db, AnomalyLinks links, IAuditLog audit, IEventLog events, IHttpContextAccessor accessor)
{
    /// <summary>Records a step in the audit and publishes it, if it changed a row. Runs in the caller's transaction.</summary>
    public async Task RecordAsync(long id, int changed, string action)
    {
        if (changed == 0)
            return;
        var company = await db.Set<Anomaly>().Where(a => a.Id == id).Select(a => a.CompanyId).SingleAsync();
        audit.Record(company, action, $"anomalies/{id}");
        await events.AppendAsync(company, AnomalyChanges.EventKind, id, CancellationToken.None);
        await db.AnnounceAsync(AnomalyPages.TopicOf(company), CancellationToken.None);
        await db.SaveChangesAsync();
    }

    public async Task<IResult> OfAsync(long id, Func<Anomaly, bool> isAsWanted, string conflict)
    {
        events.Announce();
        var context = accessor.HttpContext!;
        var anomaly = await db.Set<Anomaly>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, context.RequestAborted);
        if (anomaly is null)
            return AnomalyItem.NotFound.ToProblem();
        links.Issue([anomaly]);
        return isAsWanted(anomaly)
            ? TypedResults.Ok(links.Show(context, anomaly))
            : new Error(ErrorKind.Conflict, "anomaly_status", conflict).ToProblem();
    }
}
