using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>
/// A process of another service reports that it lives, and whether it is ready. Safe to repeat: the last heartbeat counts.
/// </summary>
internal static class ReceiveHeartbeat
{
    // Keeps the worker token of one company from filling the table.
    private const int MaxNames = 100;

    private static readonly TimeSpan s_forgotten = TimeSpan.FromDays(1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/internal/workers/heartbeat", (Heartbeat heartbeat, HttpContext context, BackendDb db, TimeProvider time) =>
        {
            var company = WorkerCaller.Of(context.User)?.CompanyId ?? 0;
            return HandleAsync(ServiceSighting.Worker, company, heartbeat, db, time, context.RequestAborted);
        }).RequireAuthorization(Policies.Worker).ExcludeFromDescription();
        routes.MapPost(
            "/internal/ingestions/heartbeat",
            (Heartbeat heartbeat, BackendDb db, TimeProvider time, CancellationToken cancellationToken) =>
                HandleAsync(ServiceSighting.Ingestion, 0, heartbeat, db, time, cancellationToken))
            .RequireAuthorization(Policies.Ingestion).ExcludeFromDescription();
    }

    private static async Task<IResult> HandleAsync(
        string service, long companyId, Heartbeat heartbeat, BackendDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Check(heartbeat) is { } error)
            return error.ToProblem();
        var now = time.GetUtcNow();
        if (await UpdateAsync(service, companyId, heartbeat, now, db, cancellationToken))
            return TypedResults.NoContent();

        // The start of a process is the moment to forget those that are gone.
        var oldest = now - s_forgotten;
        var sightings = db.Set<ServiceSighting>();
        await sightings.Where(s => s.LastSeenAt < oldest).ExecuteDeleteAsync(cancellationToken);
        if (await sightings.CountAsync(s => s.Service == service && s.CompanyId == companyId, cancellationToken) >= MaxNames)
        {
            return new Error(
                ErrorKind.Conflict, "too_many_processes", $"At most {MaxNames} different names are accepted within a day.").ToProblem();
        }

        db.Add(new ServiceSighting
        {
            Service = service,
            Name = heartbeat.Name,
            CompanyId = companyId,
            Version = heartbeat.Version,
            Ready = heartbeat.Ready,
            Status = heartbeat.Status,
            LastWorkAt = heartbeat.LastWorkAt,
            LastSeenAt = now,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            // An earlier heartbeat of the same process was slower than this one and added the row.
            await UpdateAsync(service, companyId, heartbeat, now, db, cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static async Task<bool> UpdateAsync(
        string service, long companyId, Heartbeat heartbeat, DateTimeOffset now, BackendDb db, CancellationToken cancellationToken)
    {
        var sighting = db.Set<ServiceSighting>().Where(s => s.Service == service && s.CompanyId == companyId && s.Name == heartbeat.Name);
        return await sighting.ExecuteUpdateAsync(
            row => row
                .SetProperty(s => s.Version, heartbeat.Version)
                .SetProperty(s => s.Ready, heartbeat.Ready)
                .SetProperty(s => s.Status, heartbeat.Status)
                .SetProperty(s => s.LastWorkAt, heartbeat.LastWorkAt)
                .SetProperty(s => s.LastSeenAt, now),
            cancellationToken) > 0;
    }

    internal static Error? Check(Heartbeat h)
    {
        var wrong = new List<string>();
        if (h.Name.Length is < 1 or > 100)
            wrong.Add("'name' must have 1 to 100 characters.");
        if (h.Version.Length > 100)
            wrong.Add("'version' must have at most 100 characters.");
        if (h.Status?.Length > 200)
            wrong.Add("'status' must have at most 200 characters.");
        return wrong.Count == 0 ? null : new Error(ErrorKind.Invalid, "heartbeat_invalid", string.Join(" ", wrong));
    }
}
