using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>How long clips take from their arrival to their stored report, over time.</summary>
internal static class MeasureLatency
{
    private const int MaxPoints = 2000;
    private const int DefaultBucket = 3600;

    private static readonly TimeSpan s_defaultRange = TimeSpan.FromDays(1);

    /// <param name="At">Where the bucket begins.</param>
    /// <param name="Count">Reports in it.</param>
    /// <param name="P50Seconds">Half of them took no longer.</param>
    /// <param name="P95Seconds">95 % of them took no longer; to 2 %, as the others.</param>
    /// <param name="P99Seconds">99 % of them took no longer.</param>
    internal sealed record Point(DateTimeOffset At, long Count, double P50Seconds, double P95Seconds, double P99Seconds);

    internal sealed record Filter(int BucketS, long? CameraId) : IQueryInput
    {
        public static IReadOnlyList<QueryParameter> Parameters { get; } =
        [
            new("bucket", ParameterKind.Number, $"Seconds of a point; default {DefaultBucket}.") { Range = (60, 86_400) },
            ListAnomalies.Filter.Parameters[0],
        ];

        public static async ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var bucket = DefaultBucket;
            if (context.Request.Query["bucket"] is [{ Length: > 0 } text]
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bucket) || bucket is < 60 or > 86_400))
                throw new BadHttpRequestException("'bucket' is a number of seconds from 60 to 86400.");
            return new Filter(bucket, (await ListAnomalies.Filter.BindAsync(context))?.CameraId);
        }
    }

    internal sealed record Count(long Bucket, long LowMs, long Reports);

    private static Error TooMany { get; } = new(
        ErrorKind.Invalid, "too_many_points", $"'from' to 'to' would have more than {MaxPoints} points; take a larger 'bucket' or a shorter time.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/system/latency", HandleAsync)
        .Describe("System", "How long clips take from arrival to report",
            "By the time of the report; `from` is a day before `to`, and `to` is now, where they are not given. Times without a report are left out. "
            + "A superadmin sees all companies together, everybody else their own.")
        .Answers(200, new[] { new Point(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), 1800, 1.1, 2.9, 4.2) }).Fails(400, TooMany.Code);

    private static async Task<IResult> HandleAsync(TimeRange range, Filter filter, Caller caller, HttpContext context, BackendDb db, TimeProvider time)
    {
        var to = range.To ?? time.GetUtcNow();
        var from = range.From ?? (to.UtcTicks > s_defaultRange.Ticks ? to - s_defaultRange : DateTimeOffset.MinValue);
        if (from >= to)
            return TypedResults.Ok(Array.Empty<Point>());
        if ((to - from).TotalSeconds / filter.BucketS > MaxPoints)
            return TooMany.ToProblem();
        var engine = context.RequestServices.EngineOf<BackendDb>();
        var (sql, values) = Query(engine, filter, caller.SeesAllCompanies ? null : caller.CompanyId, from, to);
        var counts = await db.Database.SqlQueryRaw<Count>(sql, values).ToListAsync(context.RequestAborted);
        return TypedResults.Ok(counts.GroupBy(c => c.Bucket).OrderBy(g => g.Key).Select(g => PointOf(
            DateTimeOffset.FromUnixTimeSeconds(g.Key * filter.BucketS), [.. g.OrderBy(c => c.LowMs)])).ToArray());
    }

    /// <summary>
    /// A histogram made by the database, so that a million reports are read once and a few thousand numbers are answered. Its steps are 2 % of
    /// what they measure. Not by EF, so the company is said here.
    /// </summary>
    private static (string Sql, object[] Values) Query(IDatabaseEngine engine, Filter filter, long? companyId, DateTimeOffset from, DateTimeOffset to)
    {
        List<object> values = [from.UtcDateTime, to.UtcDateTime, filter.BucketS * 1000L];
        var where = new StringBuilder("reported_at >= {0} AND reported_at < {1}");
        if (companyId is { } company)
            where.Append(CultureInfo.InvariantCulture, $" AND company_id = {{{Add(values, company)}}}");
        if (filter.CameraId is { } camera)
            where.Append(CultureInfo.InvariantCulture, $" AND camera_id = {{{Add(values, camera)}}}");
        var (reported, received) = (engine.UnixMs("reported_at"), engine.UnixMs("received_at"));
        return ($$"""
            SELECT bucket, {{LowSql}} AS low_ms, COUNT(*) AS reports
            FROM (SELECT {{reported}} / {2} AS bucket, {{reported}} - {{received}} AS ms FROM analyses WHERE {{where}}) AS each_one
            GROUP BY 1, 2
            """, [.. values]);
    }

    private static int Add(List<object> values, object value)
    {
        values.Add(value);
        return values.Count - 1;
    }

    /// <summary>Clocks of two machines differ a little: what seems to have taken less than nothing took nothing.</summary>
    private const string LowSql = """
        CASE WHEN ms < 0 THEN 0 WHEN ms < 1000 THEN ms / 5 * 5 WHEN ms < 10000 THEN ms / 20 * 20 WHEN ms < 100000 THEN ms / 200 * 200
        WHEN ms < 1000000 THEN ms / 2000 * 2000 ELSE ms / 20000 * 20000 END
        """;

    private static double WidthMs(long lowMs) => lowMs switch
    {
        < 1000 => 5,
        < 10_000 => 20,
        < 100_000 => 200,
        < 1_000_000 => 2000,
        _ => 20_000,
    };

    private static Point PointOf(DateTimeOffset at, IReadOnlyList<Count> counts)
    {
        var all = counts.Sum(c => c.Reports);
        return new Point(at, all, SecondsAt(counts, all * 0.5), SecondsAt(counts, all * 0.95), SecondsAt(counts, all * 0.99));
    }

    /// <summary>Within a step its reports are taken to be spread evenly.</summary>
    private static double SecondsAt(IReadOnlyList<Count> counts, double rank)
    {
        double before = 0;
        foreach (var step in counts)
        {
            if (before + step.Reports >= rank)
                return Math.Round((step.LowMs + (WidthMs(step.LowMs) * (rank - before) / step.Reports)) / 1000, 3);
            before += step.Reports;
        }

        return counts[^1].LowMs / 1000.0;
    }
}
