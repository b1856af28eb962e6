using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>Shows how long clips take from their arrival to their stored report, over time.</summary>
internal static class MeasureLatency
{
    private const int MaxPoints = 2000;
    private const int DefaultBucket = 3600;

    private static readonly TimeSpan s_defaultRange = TimeSpan.FromDays(1);

    internal sealed record Filter(int BucketS, long? CameraId) : IQueryInput
    {
        public static IReadOnlyList<QueryParameter> Parameters { get; } =
        [
            new("bucket", ParameterKind.Number, $"Seconds of a point; default {DefaultBucket}.") { Range = (60, 86_400) },
            ListAnomalies.Filter.Parameters[0],
        ];

        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var bucket = DefaultBucket;
            if (context.Request.Query["bucket"] is [{ Length: > 0 } text]
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bucket) || bucket is < 60 or > 86_400))
                throw new BadHttpRequestException("'bucket' must be a number of seconds from 60 to 86400.");
            return ValueTask.FromResult<Filter?>(new Filter(bucket, ListAnomalies.Filter.CameraOf(context)));
        }
    }

    private static Error TooMany { get; } = new(
        ErrorKind.Invalid, "too_many_points",
        $"'from' to 'to' would have more than {MaxPoints} points; use a larger 'bucket' or a shorter time.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/system/latency", HandleAsync)
        .Describe("System", "How long clips take from arrival to report",
            "By the time of the report; `from` is a day before `to`, and `to` is now, where they are not given. "
            + "Times without a report are left out. "
            + "A superadmin sees all companies together, other users their own.")
        .Answers(200, new[] { new MeasureLatencyPoint(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), 1800, 1.1, 2.9, 4.2) })
        .Fails(400, TooMany.Code);

    private static async Task<IResult> HandleAsync(
        TimeRange range, Filter filter, Caller caller, LatencyCounts counts, TimeProvider time, CancellationToken cancellationToken)
    {
        var to = range.To ?? time.GetUtcNow();
        var from = range.From ?? (to.UtcTicks > s_defaultRange.Ticks ? to - s_defaultRange : DateTimeOffset.MinValue);
        if (from >= to)
            return TypedResults.Ok(Array.Empty<MeasureLatencyPoint>());
        if ((to - from).TotalSeconds / filter.BucketS > MaxPoints)
            return TooMany.ToProblem();
        return TypedResults.Ok(await counts.PointsAsync(
            filter, caller.SeesAllCompanies ? null : caller.CompanyId, from, to, cancellationToken));
    }
}
