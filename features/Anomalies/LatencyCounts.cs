using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;

namespace Siaga.Anomalies;

/// <summary>Counts reports by how long their clips took; what was counted once and cannot change comes from the <see cref="LatencyHistogram"/>.</summary>
internal sealed class LatencyCounts(BackendDb db, LatencyHistogram book, [FromKeyedServices(typeof(BackendDb))] IDatabaseEngine engine)
{
    internal sealed record Count(long Bucket, long LowMs, long Reports);

    /// <returns>Oldest first; times without a report are left out.</returns>
    public async Task<IReadOnlyList<MeasureLatency.Point>> PointsAsync(
        MeasureLatency.Filter filter, long? companyId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var of = (companyId ?? 0, filter.CameraId ?? 0, filter.BucketS);

        // Whole buckets that are over: of these the first ones are known, as far as somebody has asked before.
        var length = filter.BucketS * TimeSpan.TicksPerSecond;
        var first = ((from - DateTimeOffset.UnixEpoch).Ticks + length - 1) / length;
        var open = Math.Max(first, Math.Min(to.ToUnixTimeSeconds() / filter.BucketS, book.OpenFrom(filter.BucketS)));
        var (known, points) = (first, new List<MeasureLatency.Point>());
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

        async Task<IReadOnlyList<MeasureLatency.Point>> CountAsync(DateTimeOffset begin, DateTimeOffset end)
        {
            if (begin >= end)
                return [];
            var (sql, values) = Query(filter, companyId, begin, end);
            var counts = await db.Database.SqlQueryRaw<Count>(sql, values).ToListAsync(cancellationToken);

            // The database counts in whole milliseconds: what came in the last half of one belongs here all the same.
            var (lowest, highest) = (BucketOf(begin), BucketOf(end.AddTicks(-1)));
            var counted = counts.GroupBy(c => Math.Clamp(c.Bucket, lowest, highest)).ToDictionary(g => g.Key, g => PointOf(StartOf(g.Key), [.. g.OrderBy(c => c.LowMs)]));
            for (var bucket = known; bucket < open && StartOf(bucket) >= begin && StartOf(bucket + 1) <= end; bucket++)
                book.Keep(of, bucket, counted.GetValueOrDefault(bucket));
            return [.. counted.OrderBy(p => p.Key).Select(p => p.Value)];
        }
    }

    /// <summary>
    /// A histogram made by the database, so that a million reports are read once and a few thousand numbers are answered. Its steps are 2 % of
    /// what they measure. Not by EF, so the company is said here.
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

        // Materialized, for what is merged into the outer query is worked out anew at each mention.
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

    private static MeasureLatency.Point PointOf(DateTimeOffset at, IReadOnlyList<Count> counts)
    {
        var all = counts.Sum(c => c.Reports);
        return new MeasureLatency.Point(at, all, SecondsAt(counts, all * 0.5), SecondsAt(counts, all * 0.95), SecondsAt(counts, all * 0.99));
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
