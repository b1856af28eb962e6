using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>What Ingestion learns of keys: everything that changed since it last asked, or one key by its hash; and what it tells back.</summary>
internal static class TellIngestionOfKeys
{
    // A change whose transaction ends after a reading has begun carries an earlier time than that reading. Asking again from this far
    // back finds it; hearing of a key twice is harmless.
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(5);

    private const int MaxUsed = 1000;

    internal sealed record Item(long Id, long CameraId, long CompanyId, string Hash, bool Active, DateTimeOffset ChangedAt)
    {
        public static Item Of(CameraKey k) => new(k.Id, k.CameraId, k.CompanyId, k.Hash, k.RevokedAt is null, k.ChangedAt);
    }

    /// <param name="Now">Pass it as <c>changed_after</c> next time.</param>
    /// <param name="Keys">By the time of their change.</param>
    internal sealed record Changes(DateTimeOffset Now, IReadOnlyList<Item> Keys);

    internal sealed record FindRequest(string Hash);

    internal sealed record Use(long Id, DateTimeOffset At);

    internal sealed record UsedRequest(IReadOnlyList<Use> Used);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/internal/camera-keys").RequireAuthorization(Policies.Ingestion);
        keys.MapGet("", ChangesAsync);
        keys.MapPost("/find", FindAsync);
        keys.MapPost("/used", UsedAsync);
    }

    private static async Task<IResult> ChangesAsync(HttpContext context, BackendDb db, TimeProvider time)
    {
        var after = DateTimeOffset.UnixEpoch;
        if (context.Request.Query["changed_after"] is [{ Length: > 0 } text])
        {
            if ((TimeRange.Parse(text) ?? TimeRange.Parse(text.Replace(' ', '+'))) is not { } given)
                return new Error(ErrorKind.Invalid, "changed_after_invalid", "'changed_after' is a time such as 2026-11-24T08:00:00Z.").ToProblem();
            after = given;
        }

        var now = time.GetUtcNow() - s_overlap;
        var rows = await db.Set<CameraKey>().AsNoTracking()
            .Where(k => k.ChangedAt >= after)
            .OrderBy(k => k.ChangedAt).ThenBy(k => k.Id)
            .ToListAsync(context.RequestAborted);
        return TypedResults.Ok(new Changes(now, [.. rows.Select(Item.Of)]));
    }

    private static async Task<IResult> FindAsync(FindRequest request, BackendDb db, CancellationToken cancellationToken)
    {
        var key = await db.Set<CameraKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == request.Hash, cancellationToken);
        return key is null
            ? new Error(ErrorKind.NotFound, "key_not_found", "There is no such key.").ToProblem()
            : TypedResults.Ok(Item.Of(key));
    }

    private static async Task<IResult> UsedAsync(UsedRequest request, BackendDb db, CancellationToken cancellationToken)
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
}
