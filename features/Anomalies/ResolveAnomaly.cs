using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>Somebody says what it was. Safe to repeat with the same answer; another answer is a conflict.</summary>
internal static class ResolveAnomaly
{
    internal sealed record Request(Resolution Resolution, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/anomalies/{id:long}/resolve", HandleAsync).HoldsSecret()
        .Describe("Anomalies", "Say what an anomaly was", "Safe to repeat with the same answer.")
        .Takes(new Request(Resolution.FalseAlarm, "A cat."))
        .Answers(200, AnomalyItem.Example with { Status = AnomalyStatus.Resolved, Resolution = Resolution.FalseAlarm, ResolvedBy = 7 })
        .Fails(400, "note_too_long", "note_unprintable").Fails(404, AnomalyItem.NotFound.Code).Fails(409, "anomaly_status");

    private static async Task<IResult> HandleAsync(
        long id, Request request, Caller caller, BackendDb db, TimeProvider time, Answers answers)
    {
        var note = InputText.CleanOptional(request.Note, "note", AcknowledgeAnomaly.MaxNoteLength);
        if (!note.IsOk)
            return note.Error.ToProblem();
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var changed = await db.Set<Anomaly>().Where(a => a.Id == id && a.Status != AnomalyStatus.Resolved).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Status, AnomalyStatus.Resolved)
            .SetProperty(a => a.Resolution, request.Resolution)
            .SetProperty(a => a.ResolvedBy, caller.UserId)
            .SetProperty(a => a.ResolvedAt, now)
            .SetProperty(a => a.ResolveNote, note.Value));
        await answers.RecordAsync(id, changed, "anomaly.resolved");
        await transaction.CommitAsync();
        return await answers.OfAsync(id, a => a.Resolution == request.Resolution, "The anomaly has been resolved otherwise.");
    }
}
