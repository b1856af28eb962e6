using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>Lists the workers and how much they analysed.</summary>
internal static class ListWorkers
{
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    private static ListWorkersItem Example { get; } = new(
        "camera-house/1",
        "1.0.0",
        true,
        null,
        null,
        new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 24, 7, 59, 58, TimeSpan.Zero),
        512);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/system/workers", HandleAsync).RequireAuthorization(Policies.Superadmin)
        .Describe(
            "System",
            "List the workers",
            "Those seen within a day, by a heartbeat every 15 seconds, or by their reports of the last hour.")
        .Answers(200, new[] { Example });

    private static async Task<IResult> HandleAsync(
        BackendDb db, IWorkerActivity activity, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var done = await activity.SinceAsync(now - s_window, cancellationToken);
        var seen = await db.Set<ServiceSighting>().AsNoTracking()
            .Where(s => s.Service == ServiceSighting.Worker).ToListAsync(cancellationToken);
        return TypedResults.Ok(ItemsOf(seen, done, now).ToArray());
    }

    internal static IEnumerable<ListWorkersItem> ItemsOf(
        IReadOnlyList<ServiceSighting> seen, IReadOnlyList<WorkerActivity> done, DateTimeOffset now)
    {
        // A report has the worker's name and the clip's company, but not the worker's owner. If the company has a worker of that name, the
        // report counts for it, otherwise for the installation's.
        var known = seen.Select(s => (s.CompanyId, s.Name)).ToHashSet();
        var work = done.GroupBy(w => (CompanyId: known.Contains((w.CompanyId, w.Worker)) ? w.CompanyId : 0, w.Worker)).ToDictionary(
            g => g.Key, g => new WorkerActivity(g.Key.Worker, g.Key.CompanyId, g.Max(w => w.LastReportAt), g.Sum(w => w.Reports)));
        var silent = work.Where(w => !known.Contains(w.Key)).Select(w => w.Value)
            .Select(w => new ListWorkersItem(w.Worker, null, null, null, null, w.LastReportAt, w.LastReportAt, w.Reports));
        return seen.Select(s => ItemOf(s, work.GetValueOrDefault((s.CompanyId, s.Name)), now)).Concat(silent)
            .OrderBy(i => i.Worker, StringComparer.Ordinal).ThenBy(i => i.CompanyId);
    }

    internal static ListWorkersItem ItemOf(ServiceSighting s, WorkerActivity? done, DateTimeOffset now) => new(
        s.Name,
        s.Version,
        now - s.LastSeenAt <= ServiceProbe.s_silence ? s.Ready : null,
        s.Status,
        s.CompanyId == 0 ? null : s.CompanyId,
        Later(s.LastSeenAt, done?.LastReportAt),
        done is null && s.LastWorkAt is null ? null : Later(s.LastWorkAt ?? default, done?.LastReportAt),
        done?.Reports ?? 0);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;
}
