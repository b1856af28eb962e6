using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>
/// A user reverses a decision: the anomaly is new again. Safe to repeat. The audit keeps the reversed decision.
/// </summary>
internal static class ReopenAnomaly
{
    private static readonly Error s_learned = new(
        ErrorKind.Conflict, "anomaly_learned", "The camera's scene has learned it as normal; that cannot be undone.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/anomalies/{id:long}/reopen", HandleAsync).HoldsSecret()
        .Describe(
            "Anomalies", "Take a decision back",
            "It is `new` again. Safe to repeat. What was called `normal` stays decided: a scene cannot unlearn.")
        .Takes(new ReopenAnomalyRequest("The wrong key.")).Answers(200, AnomalyItem.Example)
        .Fails(404, AnomalyItem.NotFound.Code).Fails(409, "anomaly_status", s_learned.Code);

    private static async Task<IResult> HandleAsync(long id, ReopenAnomalyRequest? request, BackendDb db, Answers answers)
    {
        _ = request;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var changed = await db.Set<Anomaly>().Where(a => a.Id == id && a.Status != AnomalyStatus.New && !a.IsNormal)
            .ExecuteUpdateAsync(set => set
                .SetProperty(a => a.Status, AnomalyStatus.New)
                .SetProperty(a => a.AcknowledgedBy, (long?)null)
                .SetProperty(a => a.AcknowledgedAt, (DateTimeOffset?)null)
                .SetProperty(a => a.AcknowledgeNote, (string?)null)
                .SetProperty(a => a.Resolution, (Resolution?)null)
                .SetProperty(a => a.ResolvedBy, (long?)null)
                .SetProperty(a => a.ResolvedAt, (DateTimeOffset?)null)
                .SetProperty(a => a.ResolveNote, (string?)null));
        if (changed == 0 && await db.Set<Anomaly>().AnyAsync(a => a.Id == id && a.IsNormal))
            return s_learned.ToProblem();
        await answers.RecordAsync(id, changed, "anomaly.reopened");
        await transaction.CommitAsync();
        return await answers.OfAsync(id, a => a.Status == AnomalyStatus.New, "The anomaly has been decided again in the meantime.");
    }
}
