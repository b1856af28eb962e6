using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>Lists anomalies, newest first; lists the most recent; shows one.</summary>
internal static class ListAnomalies
{
    private const int MaxRecent = 100;

    internal sealed record Filter(long? CameraId, string? Type, AnomalyStatus? Status) : IQueryInput
    {
        public static IReadOnlyList<QueryParameter> Parameters { get; } =
        [
            new("camera_id", ParameterKind.Number, "Of this camera only."),
            new("type", ParameterKind.Text, "Of this kind only."),
            new("status", ParameterKind.Text, "As far as this only.") { Values = ["new", "acknowledged", "resolved"] },
        ];

        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = context.Request.Query;
            AnomalyStatus? status = null;
            if (query["status"] is [{ Length: > 0 } name])
            {
                status = AnomalyNames.ToStatus(name)
                    ?? throw new BadHttpRequestException("'status' must be new, acknowledged or resolved.");
            }

            return ValueTask.FromResult<Filter?>(new Filter(
                CameraOf(context), query["type"] is [{ Length: > 0 } type] ? type : null, status));
        }

        /// <summary>The camera that a query names; null for all.</summary>
        public static long? CameraOf(HttpContext context)
        {
            if (context.Request.Query["camera_id"] is not [{ Length: > 0 } id])
                return null;
            return long.TryParse(id, out var number) ? number : throw new BadHttpRequestException("'camera_id' must be a number.");
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/anomalies", ListAsync).HoldsSecret()
            .Describe("Anomalies", "List anomalies, newest first").AnswersPage(AnomalyItem.Example);
        routes.MapGet("/api/anomalies/recent", (Page page, Caller caller, HttpContext context, AnomalyPages pages, AnomalyLinks links) =>
                ListAsync(
                    page with { Limit = Math.Min(page.Limit, MaxRecent) }, new Filter(null, null, null), new TimeRange(null, null),
                    caller, context, pages, links))
            .HoldsSecret()
            .Describe("Anomalies", "List the newest anomalies", $"At most {MaxRecent}.").AnswersPage(AnomalyItem.Example);
        routes.MapGet("/api/anomalies/{id:long}", GetAsync).HoldsSecret()
            .Describe("Anomalies", "Show an anomaly", "The link to its clip plays for some minutes.")
            .Answers(200, AnomalyItem.Example).Fails(404, AnomalyItem.NotFound.Code);
    }

    /// <summary>Many clients request the same few pages; those are cached until one of the company's anomalies changes.</summary>
    private static async Task<IResult> ListAsync(
        Page page, Filter filter, TimeRange range, Caller caller, HttpContext context, AnomalyPages pages, AnomalyLinks links)
    {
        var key = new AnomalyPages.Key(
            caller.SeesAllCompanies ? null : caller.CompanyId, links.BaseOf(context), context.Request.Path + context.Request.QueryString);
        if (pages.Find(key) is { } kept)
        {
            links.Issue(kept.Shown);
            return kept;
        }

        var mark = pages.Mark(key);

        // A unit of work is made only where one is needed.
        var db = context.RequestServices.GetRequiredService<BackendDb>();
        var rows = await Query(db, page, filter, range).ToListAsync(context.RequestAborted);
        var items = rows.Take(page.Limit).Select(a => links.Show(context, a)).ToArray();
        var answer = pages.Keep(key, mark, items, page.NextLink(context, rows, a => new PageMark(a.Id)));
        links.Issue(answer.Shown);
        return answer;
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

    private static async Task<IResult> GetAsync(long id, HttpContext context, BackendDb db, AnomalyLinks links)
    {
        var anomaly = await db.Set<Anomaly>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, context.RequestAborted);
        if (anomaly is null)
            return AnomalyItem.NotFound.ToProblem();
        links.Issue([anomaly]);
        return TypedResults.Ok(links.Show(context, anomaly));
    }
}
