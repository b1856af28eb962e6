using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
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

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Request(
        [property: StringLength(100, MinimumLength = 1)] string Name,
        [property: StringLength(100)] string Version,
        bool Ready,
        [property: StringLength(200)] string? Status = null,
        DateTimeOffset? LastWorkAt = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/internal/workers/heartbeat", (Request request, HttpContext context, BackendDb db, TimeProvider time) =>
        {
            var company = WorkerCaller.Of(context.User)?.CompanyId ?? 0;
            return HandleAsync(ServiceSighting.Worker, company, request, db, time, context.RequestAborted);
        }).RequireAuthorization(Policies.Worker).ExcludeFromDescription();
        routes.MapPost(
            "/internal/ingestions/heartbeat",
            (Request request, BackendDb db, TimeProvider time, CancellationToken cancellationToken) =>
                HandleAsync(ServiceSighting.Ingestion, 0, request, db, time, cancellationToken))
            .RequireAuthorization(Policies.Ingestion).ExcludeFromDescription();
    }

    private static async Task<IResult> HandleAsync(
        string service, long companyId, Request request, BackendDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Check(request) is { } error)
            return error.ToProblem();
        var now = time.GetUtcNow();
        if (await UpdateAsync(service, companyId, request, now, db, cancellationToken))
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
            Name = request.Name,
            CompanyId = companyId,
            Version = request.Version,
            Ready = request.Ready,
            Status = request.Status,
            LastWorkAt = request.LastWorkAt,
            LastSeenAt = now,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            // An earlier heartbeat of the same process was slower than this one and added the row.
            await UpdateAsync(service, companyId, request, now, db, cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static async Task<bool> UpdateAsync(
        string service, long companyId, Request request, DateTimeOffset now, BackendDb db, CancellationToken cancellationToken)
    {
        var sighting = db.Set<ServiceSighting>().Where(s => s.Service == service && s.CompanyId == companyId && s.Name == request.Name);
        return await sighting.ExecuteUpdateAsync(
            row => row
                .SetProperty(s => s.Version, request.Version)
                .SetProperty(s => s.Ready, request.Ready)
                .SetProperty(s => s.Status, request.Status)
                .SetProperty(s => s.LastWorkAt, request.LastWorkAt)
                .SetProperty(s => s.LastSeenAt, now),
            cancellationToken) > 0;
    }

    internal static Error? Check(Request request)
    {
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(request, new ValidationContext(request), wrong, validateAllProperties: true)
            ? null
            : new Error(ErrorKind.Invalid, "heartbeat_invalid", string.Join(" ", wrong.Select(w => w.ErrorMessage)));
    }
}
