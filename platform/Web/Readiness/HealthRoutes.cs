using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Siaga.Web;

/// <summary>The endpoints for liveness and readiness probes.</summary>
public static class HealthRoutes
{
    /// <summary>Maps <c>/healthz</c> and <c>/healthz/ready</c>, once per process.</summary>
    public static void MapHealthz(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok")).AllowAnonymous()
            .Describe("Health", "Whether the process lives").AnswersText(200, "ok", "text/plain", "It does.");
        routes.MapGet("/healthz/ready", ReadyAsync).AllowAnonymous()
            .Describe("Health", "Whether it can do its work", "Of every service in the process: the Backend's database answers and has "
                + "room; so does Ingestion's, and its storage accepts clips; the Worker reaches the broker and has a detector.")
            .AnswersText(200, "ready", "text/plain", "It can.")
            .Fails(
                503, "database_unavailable", "database_full", "storage_unavailable", "storage_full", "broker_unavailable",
                "detector_missing", "not_ready");
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancellationToken) =>
        await readiness.CheckAsync(null, cancellationToken) is { } error ? error.ToProblem() : TypedResults.Text("ready");
}
