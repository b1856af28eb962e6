using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>Tells Ingestion which camera keys changed, or one key by its hash, and takes its reports of the keys' last use.</summary>
internal static class CameraKeySync
{
    // A transaction that commits after a reading has begun carries an earlier time than that reading. Asking again from
    // this far back finds it, because no statement may take longer than half of it. Learning of a key twice is harmless.
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(1);

    // Answered before Ingestion's call times out, and soon enough for a change that was not announced.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(8);

    private const int MaxUsed = 1000;
    private const int MaxChanges = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/internal/camera-keys").RequireAuthorization(Policies.Ingestion).ExcludeFromDescription();
        keys.MapGet("", ChangesAsync);
        keys.MapPost("/find", FindAsync);
        keys.MapPost("/used", UsedAsync);
    }

    private static async Task<IResult> ChangesAsync(
        HttpContext context, BackendDb db, CameraKeySignal signal, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        var after = DateTimeOffset.UnixEpoch;
        if (context.Request.Query["changed_after"] is [{ Length: > 0 } text])
        {
            if ((TimeRange.Parse(text) ?? TimeRange.Parse(text.Replace(' ', '+'))) is not { } given)
            {
                return new Error(
                    ErrorKind.Invalid, "changed_after_invalid", "'changed_after' must be a time such as 2026-11-24T08:00:00Z.").ToProblem();
            }

            after = given;
        }

        PageMark? mark = null;
        if (context.Request.Query["after"] is [{ Length: > 0 } place] && (mark = PageMark.Parse(place)) is null)
            return new Error(ErrorKind.Invalid, "after_invalid", "'after' does not come from this list.").ToProblem();
        if (context.Request.Query["seen"] is [{ Length: > 0 } seen] && mark is null)
        {
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            try
            {
                await signal.WaitAsync(seen, s_longestWait, time, stopping.Token);
            }
            catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
            {
                // A process that stops answers those who wait.
            }
        }

        var current = signal.Mark;
        var now = time.GetUtcNow() - s_overlap;
        var keys = db.Set<CameraKey>().AsNoTracking().Where(k => k.ChangedAt >= after);
        if (mark is { } from && from.First <= DateTimeOffset.MaxValue.UtcTicks)
        {
            var changed = new DateTimeOffset(from.First, TimeSpan.Zero);
            keys = keys.Where(k => k.ChangedAt > changed || (k.ChangedAt == changed && k.Id > from.Second));
        }

        var rows = await keys.OrderBy(k => k.ChangedAt).ThenBy(k => k.Id).Take(MaxChanges + 1).ToListAsync(context.RequestAborted);
        var more = rows.Count > MaxChanges
            ? new PageMark(rows[MaxChanges - 1].ChangedAt.UtcTicks, rows[MaxChanges - 1].Id).ToString()
            : null;
        return TypedResults.Ok(new CameraKeyChanges(now, [.. rows.Take(MaxChanges).Select(InfoOf)], more, current));
    }

    private static async Task<IResult> FindAsync(CameraKeyQuery request, BackendDb db, CancellationToken cancellationToken)
    {
        var key = await db.Set<CameraKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == request.Hash, cancellationToken);
        return key is null
            ? new Error(ErrorKind.NotFound, "key_not_found", "There is no such key.").ToProblem()
            : TypedResults.Ok(InfoOf(key));
    }

    private static async Task<IResult> UsedAsync(CameraKeyUses request, BackendDb db, CancellationToken cancellationToken)
    {
        if (request.Used.Count > MaxUsed)
            return new Error(ErrorKind.Invalid, "too_many_uses", $"At most {MaxUsed} at once.").ToProblem();
        var at = request.Used.GroupBy(u => u.Id).ToDictionary(g => g.Key, g => g.Max(u => u.At));
        var ids = at.Keys.ToList();
        foreach (var key in await db.Set<CameraKey>().Where(k => ids.Contains(k.Id)).ToListAsync(cancellationToken))
        {
            if (key.LastUsedAt is null || key.LastUsedAt < at[key.Id])
                key.LastUsedAt = at[key.Id];
        }

        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static CameraKeyInfo InfoOf(CameraKey k) => new(k.Id, k.CameraId, k.CompanyId, k.Hash, k.RevokedAt is null, k.ChangedAt);
}
