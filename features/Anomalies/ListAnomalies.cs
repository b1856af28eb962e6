using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>The anomalies, newest first: all, the recent ones, and one.</summary>
internal static class ListAnomalies
{
    private const int MaxRecent = 100;

    internal sealed record Filter(long? CameraId, string? Type, AnomalyStatus? Status)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = context.Request.Query;
            long? camera = null;
            if (query["camera_id"] is [{ Length: > 0 } id])
                camera = long.TryParse(id, out var number) ? number : throw new BadHttpRequestException("'camera_id' is a number.");
            AnomalyStatus? status = null;
            if (query["status"] is [{ Length: > 0 } name])
                status = AnomalyNames.ToStatus(name) ?? throw new BadHttpRequestException("'status' is new, acknowledged or resolved.");
            return ValueTask.FromResult<Filter?>(new Filter(camera, query["type"] is [{ Length: > 0 } type] ? type : null, status));
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/anomalies", ListAsync);
        routes.MapGet("/api/anomalies/recent", (Page page, Caller caller, HttpContext context, AnomalyPages pages, PublicUrls addresses) => ListAsync(
            page with { Limit = Math.Min(page.Limit, MaxRecent) }, new Filter(null, null, null), new TimeRange(null, null), caller, context, pages, addresses));
        routes.MapGet("/api/anomalies/{id:long}", GetAsync);
    }

    /// <summary>Many look at the same few pages again and again: those are kept until an anomaly of theirs changes.</summary>
    private static async Task<IResult> ListAsync(
        Page page, Filter filter, TimeRange range, Caller caller, HttpContext context, AnomalyPages pages, PublicUrls addresses)
    {
        var publicBase = addresses.BaseOf(context);
        var key = new AnomalyPages.Key(caller.SeesAllCompanies ? null : caller.CompanyId, publicBase, context.Request.Path + context.Request.QueryString);
        if (pages.Find(key) is { } kept)
            return kept;
        var mark = pages.Mark(key);

        // A unit of work is made only where one is needed.
        var services = context.RequestServices;
        var (db, urls) = (services.GetRequiredService<BackendDb>(), services.GetRequiredService<ClipUrls>());
        var rows = await Query(db, page, filter, range).ToListAsync(context.RequestAborted);
        var items = rows.Take(page.Limit).Select(a => AnomalyItem.Of(a, urls, publicBase)).ToArray();
        return pages.Keep(key, mark, items, page.NextLink(context, rows, a => new PageMark(a.Id)));
    }

    private static IQueryable<Anomaly> Query(BackendDb db, Page page, Filter filter, TimeRange range)
    {
        var rows = db.Set<Anomaly>().AsNoTracking();
        if (page.After is { } after)
            rows = rows.Where(a => a.Id < after.First);
        if (filter.CameraId is { } camera)
            rows = rows.Where(a => a.CameraId == camera);
        if (filter.Type is { } type)
            rows = rows.Where(a => a.AnomalyType == type);
        if (filter.Status is { } status)
            rows = rows.Where(a => a.Status == status);
        if (range.From is { } from)
            rows = rows.Where(a => a.ReportedAt >= from);
        if (range.To is { } to)
            rows = rows.Where(a => a.ReportedAt < to);

        // Numbers are given in the order of reporting.
        return rows.OrderByDescending(a => a.Id).Take(page.Limit + 1);
    }

    private static async Task<IResult> GetAsync(long id, HttpContext context, BackendDb db, ClipUrls urls, PublicUrls addresses)
    {
        var anomaly = await db.Set<Anomaly>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, context.RequestAborted);
        return anomaly is null ? AnomalyItem.NotFound.ToProblem() : TypedResults.Ok(AnomalyItem.Of(anomaly, urls, addresses.BaseOf(context)));
    }
}
