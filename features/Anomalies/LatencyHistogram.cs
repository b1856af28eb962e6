using System.Collections.Concurrent;

namespace Siaga.Anomalies;

/// <summary>
/// Caches points of <see cref="MeasureLatency"/> whose time is over. A report is stored with the time of its storing, so these points gain
/// no more reports: a page that requests a day every ten seconds has only its end counted. Reports that a purge removes disappear from
/// the points when these are evicted and counted again.
/// </summary>
internal sealed class LatencyHistogram(TimeProvider time)
{
    /// <summary>Covers the time from a report's timestamp to its commit, and clock differences between Backends.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<(long Company, long Camera, int BucketS, long Bucket), MeasureLatencyPoint?> _points = new();

    /// <summary>When there are this many, all are evicted.</summary>
    public int MostPoints { get; init; } = 100_000;

    /// <summary>The first bucket that may still change.</summary>
    public long OpenFrom(int bucketS) => (time.GetUtcNow() - s_margin).ToUnixTimeSeconds() / bucketS;

    /// <param name="of">The company or camera of the points; 0 stands for all.</param>
    /// <param name="bucket">The bucket's number.</param>
    /// <param name="point">Null when the bucket has no reports.</param>
    /// <returns>False when the bucket has not been counted yet.</returns>
    public bool TryFind((long Company, long Camera, int BucketS) of, long bucket, out MeasureLatencyPoint? point) =>
        _points.TryGetValue((of.Company, of.Camera, of.BucketS, bucket), out point);

    public void Keep((long Company, long Camera, int BucketS) of, long bucket, MeasureLatencyPoint? point)
    {
        // Evicted points are counted again on the next request.
        if (_points.Count >= MostPoints)
            _points.Clear();
        _points[(of.Company, of.Camera, of.BucketS, bucket)] = point;
    }
}
