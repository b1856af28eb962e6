using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>Puts dead letters back into their queues: one, or all of a queue.</summary>
internal static class ReplayDeadLetter
{
    // In one call; a client with more of them calls again.
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/system/dead/{id:long}/replay", OneAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("System", "Try a dead letter again", "It goes back into its queue as if it were new.")
            .Answers(204).Fails(404, BrokerAdmin.NotFound.Code).Fails(503, BrokerAdmin.Unavailable.Code);
        routes.MapPost("/api/system/dead/replay", AllAsync).RequireAuthorization(Policies.Superadmin)
            .Describe(
                "System",
                "Try all dead letters again",
                $"The oldest {Most} at most, of all queues or of one; `more` says that there are others.")
            .Answers(200, new ReplayDeadLetterResponse(12, false)).Fails(503, BrokerAdmin.Unavailable.Code);
    }

    private static Task<IResult> OneAsync(long id, HttpContext context, BrokerAdmin admin, BackendDb db, IAuditLog audit) =>
        DeadLetterChange.RunAsync(
            id,
            "dead_letter.replayed",
            (context, admin, db, audit),
            (broker, cancellationToken) => broker.ReplayDeadLetterAsync(id, cancellationToken));

    private static async Task<IResult> AllAsync(
        ListDeadLetters.QueueFilter filter, HttpContext context, BrokerAdmin admin, BackendDb db, IAuditLog audit)
    {
        var letters = await admin.AskAsync(
            context, (broker, cancellationToken) => broker.GetDeadLettersAsync(ListDeadLetters.Most, cancellationToken));
        if (!letters.IsOk)
            return letters.Error.ToProblem();
        var wanted = letters.Value.Where(l => filter.Queue is null || l.Queue == filter.Queue)
            .OrderBy(l => l.DiedAt).ThenBy(l => l.Id).ToList();
        var replayed = 0;
        foreach (var letter in wanted.Take(Most))
        {
            // Each is audited with its own change: if this stops in the middle, the audit says what was done.
            var done = await DeadLetterChange.TryAsync(
                letter.Id,
                "dead_letter.replayed",
                (context, admin, db, audit),
                (broker, cancellationToken) => broker.ReplayDeadLetterAsync(letter.Id, cancellationToken));
            if (!done.IsOk)
                return done.Error.ToProblem();
            replayed += done.Value ? 1 : 0;
        }

        return TypedResults.Ok(new ReplayDeadLetterResponse(replayed, wanted.Count > Most));
    }
}
