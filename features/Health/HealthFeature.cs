using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Health;

/// <summary>Whether the Backend lives, is ready, and how everything else is.</summary>
public static class HealthFeature
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok")).AllowAnonymous()
            .Describe("Health", "Whether the process lives").AnswersText(200, "ok", "text/plain", "It does.");
        routes.MapGet("/healthz/ready", ReadyAsync).AllowAnonymous()
            .Describe("Health", "Whether it can do its work").AnswersText(200, "ready", "text/plain", "It can.").Fails(503, "database_unavailable");
        ReportHealth.Map(routes);
    }

    private static async Task<IResult> ReadyAsync(BackendDb db, CancellationToken cancellationToken)
    {
        try
        {
            // Fails both when the database does not answer and when it was never migrated.
            await db.Set<OutboxMessage>().AnyAsync(m => m.Id < 0, cancellationToken);
            return TypedResults.Text("ready");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever is wrong with the database, the answer is the same: not now.
            return new Error(ErrorKind.Unavailable, "database_unavailable", "The database does not answer.").ToProblem();
        }
    }
}
