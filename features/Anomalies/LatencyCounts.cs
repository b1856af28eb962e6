using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;

namespace Siaga.Anomalies;

/// <summary>
/// Counts reports by how long their clips took. Buckets that can no longer change come from the <see cref="LatencyHistogram"/>.
/// </summary>
internal sealed class LatencyCounts(BackendDb db, LatencyHistogram book, [FromKeyedServices(typeof(BackendDb))] IDatabaseEngine engine)
{
    internal sealed record Count(long Bucket, long LowMs, long Reports);

    /// <returns>Oldest first; buckets without a report are left out.</returns>
    public async Task<IReadOnlyList<MeasureLatencyPoint>> PointsAsync(
        MeasureLatency.Filter filter, long? companyId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var of = (companyId ?? 0, filter.CameraId ?? 0, filter.BucketS);

        // Whole buckets that can no longer change: the first ones may be cached from an earlier request.
        var length = filter.BucketS * TimeSpan.TicksPerSecond;
        var first = ((from - DateTimeOffset.UnixEpoch).Ticks + length - 1) / length;
        var open = Math.Max(first, Math.Min(to.ToUnixTimeSeconds() / filter.BucketS, book.OpenFrom(filter.BucketS)));
        var (known, points) = (first, new List<MeasureLatencyPoint>());
        for (; known < open && book.TryFind(of, known, out var point); known++)
        {
            if (point is not null)
                points.Add(point);
        }

        if (known == first)
            return await CountAsync(from, to);
        return [.. await CountAsync(from, StartOf(first)), .. points, .. await CountAsync(StartOf(known), to)];

        long BucketOf(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks / length;

        DateTimeOffset StartOf(long bucket) => DateTimeOffset.FromUnixTimeSeconds(bucket * filter.BucketS);

        async Task<IReadOnlyList<MeasureLatencyPoint>> CountAsync(DateTimeOffset begin, DateTimeOffset end)
        {
            if (begin >= end)
                return [];
            var (sql, values) = Query(filter, companyId, begin, end);
            var counts = await db.Database.SqlQueryRaw<Count>(sql, values).ToListAsync(cancellationToken);

            // The database rounds to whole milliseconds, so a report near an edge can land in the neighbouring bucket; clamp it back.
            var (lowest, highest) = (BucketOf(begin), BucketOf(end.AddTicks(-1)));
            var counted = counts.GroupBy(c => Math.Clamp(c.Bucket, lowest, highest))
                .ToDictionary(g => g.Key, g => PointOf(StartOf(g.Key), [.. g.OrderBy(c => c.LowMs)]));
            for (var bucket = known; bucket < open && StartOf(bucket) >= begin && StartOf(bucket + 1) <= end; bucket++)
                book.Keep(of, bucket, counted.GetValueOrDefault(bucket));
            return [.. counted.OrderBy(p => p.Key).Select(p => p.Value)];
        }
    }

    /// <summary>
    /// The database builds a histogram, so that a million reports come back as a few thousand numbers. Its steps are 2 % of the measured
    /// time. This is raw SQL, which EF's company filter does not reach, so the query names the company itself.
    /// </summary>
    private (string Sql, object[] Values) Query(MeasureLatency.Filter filter, long? companyId, DateTimeOffset from, DateTimeOffset to)
    {
        List<object> values = [from.UtcDateTime, to.UtcDateTime, filter.BucketS * 1000L];
        var where = new StringBuilder("reported_at >= {0} AND reported_at < {1}");
        if (companyId is { } company)
            where.Append(CultureInfo.InvariantCulture, $" AND company_id = {{{Add(values, company)}}}");
        if (filter.CameraId is { } camera)
            where.Append(CultureInfo.InvariantCulture, $" AND camera_id = {{{Add(values, camera)}}}");
        var (reported, received) = (engine.UnixMs("reported_at"), engine.UnixMs("received_at"));

        // MATERIALIZED, because the database would otherwise merge the query into the outer one and evaluate the expression at each use.
        return ($$"""
            WITH times AS MATERIALIZED (SELECT {{reported}} AS reported_ms, {{received}} AS received_ms FROM analyses WHERE {{where}}),
            each_one AS MATERIALIZED (SELECT reported_ms / {2} AS bucket, reported_ms - received_ms AS ms FROM times)
            SELECT bucket, {{LowSql}} AS low_ms, COUNT(*) AS reports
            FROM each_one
            GROUP BY 1, 2
            """, [.. values]);
    }

    private static int Add(List<object> values, object value)
    {
        values.Add(value);
        return values.Count - 1;
    }

    /// <summary>The clocks of two machines differ slightly: a negative duration counts as zero.</summary>
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

    internal static MeasureLatencyPoint PointOf(DateTimeOffset at, IReadOnlyList<Count> counts)
    {
        var all = counts.Sum(c => c.Reports);
        return new MeasureLatencyPoint(
            at, all, SecondsAt(counts, all * 0.5), SecondsAt(counts, all * 0.95), SecondsAt(counts, all * 0.99));
    }

    /// <summary>Assumes that reports are spread evenly within a step.</summary>
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
