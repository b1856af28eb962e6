using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Database;
using Siaga.Messaging;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>Removes a dead letter for good.</summary>
internal static class DropDeadLetter
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/system/dead/{id:long}", HandleAsync).RequireAuthorization(Policies.Superadmin)
        .Describe("System", "Remove a dead letter for good", "The clip stays where it is; nobody will be told of what it shows.")
        .Answers(204).Fails(404, BrokerAdmin.NotFound.Code).Fails(503, BrokerAdmin.Unavailable.Code);

    private static Task<IResult> HandleAsync(long id, HttpContext context, BrokerAdmin desk, BackendDb db, IAuditLog audit) =>
        DeadLetterChange.RunAsync(id, "dead_letter.dropped", (context, desk, db, audit), (broker, cancellationToken) => broker.DropDeadLetterAsync(id, cancellationToken));
}

/// <summary>A change to a dead letter, and the entry that says who made it: the entry is there before the change can be.</summary>
internal static class DeadLetterChange
{
    public static async Task<IResult> RunAsync(
        long id, string action, (HttpContext Context, BrokerAdmin Desk, BackendDb Db, IAuditLog Audit) by, Func<IMessageBroker, CancellationToken, Task<bool>> change)
    {
        var done = await TryAsync(id, action, by, change);
        if (!done.IsOk)
            return done.Error.ToProblem();
        return done.Value ? TypedResults.NoContent() : BrokerAdmin.NotFound.ToProblem();
    }

    /// <returns>False: there is none of this number.</returns>
    public static async Task<Result<bool>> TryAsync(
        long id, string action, (HttpContext Context, BrokerAdmin Desk, BackendDb Db, IAuditLog Audit) by, Func<IMessageBroker, CancellationToken, Task<bool>> change)
    {
        await using var transaction = await by.Db.Database.BeginTransactionAsync(by.Context.RequestAborted);
        by.Audit.Record(0, action, $"dead/{id}");
        await by.Db.SaveChangesAsync(by.Context.RequestAborted);
        var done = await by.Desk.AskAsync(by.Context, change);

        // Where the broker did not answer, it may have done it all the same: the entry stays.
        if (!done.IsOk || done.Value)
            await transaction.CommitAsync(CancellationToken.None);
        return done;
    }
}
