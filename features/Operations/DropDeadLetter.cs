using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Database;
using Siaga.Messaging;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>Deletes a dead letter.</summary>
internal static class DropDeadLetter
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/system/dead/{id:long}", HandleAsync).RequireAuthorization(Policies.Superadmin)
        .Describe("System", "Remove a dead letter for good", "The clip stays where it is; what it shows is never reported.")
        .Answers(204).Fails(404, BrokerAdmin.NotFound.Code).Fails(503, BrokerAdmin.Unavailable.Code);

    private static Task<IResult> HandleAsync(long id, HttpContext context, BrokerAdmin admin, BackendDb db, IAuditLog audit) =>
        DeadLetterChange.RunAsync(
            id,
            "dead_letter.dropped",
            (context, admin, db, audit),
            (broker, cancellationToken) => broker.DropDeadLetterAsync(id, cancellationToken));
}

/// <summary>A change to a dead letter and its audit entry, which is written before the change can happen.</summary>
internal static class DeadLetterChange
{
    public static async Task<IResult> RunAsync(
        long id,
        string action,
        (HttpContext Context, BrokerAdmin Admin, BackendDb Db, IAuditLog Audit) by,
        Func<IMessageBroker, CancellationToken, Task<bool>> change)
    {
        var done = await TryAsync(id, action, by, change);
        if (!done.IsOk)
            return done.Error.ToProblem();
        return done.Value ? TypedResults.NoContent() : BrokerAdmin.NotFound.ToProblem();
    }

    /// <returns>False: there is no dead letter with this id.</returns>
    public static async Task<Result<bool>> TryAsync(
        long id,
        string action,
        (HttpContext Context, BrokerAdmin Admin, BackendDb Db, IAuditLog Audit) by,
        Func<IMessageBroker, CancellationToken, Task<bool>> change)
    {
        await using var transaction = await by.Db.Database.BeginTransactionAsync(by.Context.RequestAborted);
        by.Audit.Record(0, action, $"dead/{id}");
        await by.Db.SaveChangesAsync(by.Context.RequestAborted);
        var done = await by.Admin.AskAsync(by.Context, change);

        // A broker that did not answer may still have made the change, so the entry stays.
        if (!done.IsOk || done.Value)
            await transaction.CommitAsync(CancellationToken.None);
        return done;
    }
}
