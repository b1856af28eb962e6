using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Messaging;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>Reports how full the queues are.</summary>
internal static class ListQueues
{
    /// <param name="Queue">Its name.</param>
    /// <param name="Depth">Messages that wait.</param>
    /// <param name="InHand">Messages that consumers hold; only those of this process if the broker does not tell.</param>
    /// <param name="OldestAgeSeconds">Age of the oldest waiting message; 0 if the queue is empty.</param>
    /// <param name="Dead">Its dead letters.</param>
    internal sealed record Item(string Queue, long Depth, long InHand, double OldestAgeSeconds, long Dead)
    {
        public static Item Of(QueueStatus q) => new(q.Queue, q.Waiting, q.InHand, Math.Round(q.OldestAgeSeconds, 3), q.Dead);
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/system/queues", HandleAsync).RequireAuthorization(Policies.Superadmin)
        .Describe("System", "Report how full the queues are", "All queues, with any broker.")
        .Answers(200, new[] { new Item("siaga.analysis", 12, 4, 3.2, 0) }).Fails(503, BrokerAdmin.Unavailable.Code);

    private static async Task<IResult> HandleAsync(HttpContext context, BrokerAdmin admin)
    {
        var queues = await admin.AskAsync(context, (broker, cancellationToken) => broker.GetQueuesAsync(cancellationToken));
        return queues.IsOk ? TypedResults.Ok(queues.Value.Select(Item.Of).ToArray()) : queues.Error.ToProblem();
    }
}
