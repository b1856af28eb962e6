using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Messages.Api;
using Siaga.Messaging;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>Reports how full the queues are.</summary>
internal static class ListQueues
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/system/queues", HandleAsync).RequireAuthorization(Policies.Superadmin)
        .Describe("System", "Report how full the queues are", "All queues, with any broker.")
        .Answers(200, new[] { new ListQueuesItem("siaga.analysis", 12, 4, 3.2, 0) }).Fails(503, BrokerAdmin.Unavailable.Code);

    private static async Task<IResult> HandleAsync(HttpContext context, BrokerAdmin admin)
    {
        var queues = await admin.AskAsync(context, (broker, cancellationToken) => broker.GetQueuesAsync(cancellationToken));
        return queues.IsOk ? TypedResults.Ok(queues.Value.Select(ItemOf).ToArray()) : queues.Error.ToProblem();
    }

    private static ListQueuesItem ItemOf(QueueStatus q) => new(q.Queue, q.Waiting, q.InHand, Math.Round(q.OldestAgeSeconds, 3), q.Dead);
}
