using CsCheck;
using Siaga.Anomalies;
using Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Anomalies;

public sealed class LatencyCountsTests
{
    [Fact]
    public void A_percentile_lies_within_its_step_as_far_as_its_reports_go()
    {
        // Ten reports of 1000 to 1020 ms: half of them took at most 1010.
        var point = Of((1000, 10));
        Assert.Equal((10, 1.01, 1.019, 1.02), (point.Count, point.P50Seconds, point.P95Seconds, point.P99Seconds));
    }

    [Theory]
    [InlineData(995, 1.0)]
    [InlineData(1000, 1.02)]
    [InlineData(9980, 10)]
    [InlineData(10_000, 10.198)]
    [InlineData(99_800, 99.998)]
    [InlineData(100_000, 101.98)]
    [InlineData(998_000, 999.98)]
    [InlineData(1_000_000, 1019.8)]
    public void A_step_is_at_most_two_percent_wide(long lowMs, double p99) =>
        Assert.Equal(p99, Of((lowMs, 1_000_000_000)).P99Seconds, 1e-9);

    [Fact]
    public void The_slow_few_show_in_the_high_percentiles_only()
    {
        var point = Of((100, 96), (5000, 4));
        Assert.InRange(point.P50Seconds, 0.1, 0.105);
        Assert.InRange(point.P95Seconds, 0.1, 0.105);
        Assert.InRange(point.P99Seconds, 5, 5.02);
    }

    [Fact]
    public void Percentiles_never_fall_and_lie_between_the_first_and_the_last_step() =>
        Gen.Select(Gen.Long[0, 100], Gen.Long[1, 50]).Array[1, 20].Sample(steps =>
        {
            // The database gives steps of 5 ms below a second.
            var counts = steps.GroupBy(s => s.Item1 * 5).OrderBy(g => g.Key)
                .Select(g => new LatencyCounts.Count(0, g.Key, g.Sum(s => s.Item2))).ToList();
            var point = LatencyCounts.PointOf(DateTimeOffset.UnixEpoch, counts);
            return point.P50Seconds <= point.P95Seconds && point.P95Seconds <= point.P99Seconds
                && point.P50Seconds >= counts[0].LowMs / 1000.0 && point.P99Seconds <= (counts[^1].LowMs + 5) / 1000.0
                && point.Count == counts.Sum(c => c.Reports);
        });

    private static MeasureLatencyPoint Of(params (long LowMs, long Reports)[] steps) => LatencyCounts.PointOf(
        DateTimeOffset.UnixEpoch, [.. steps.Select(s => new LatencyCounts.Count(0, s.LowMs, s.Reports))]);
}
