using System.Collections.Concurrent;

namespace Siaga.Anomalies;

/// <summary>
/// Points of <see cref="MeasureLatency"/> whose time is over. A report is stored with the moment of its storing, so nothing is added to them any more: a
/// page that asks for a day each ten seconds has only the last of it counted. What a purge takes away is taken from them when they are forgotten.
/// </summary>
internal sealed class LatencyHistogram(TimeProvider time)
{
    private const int MostPoints = 100_000;

    /// <summary>From the moment in a report to its commit, and between the clocks of several Backends.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<(long Company, long Camera, int BucketS, long Bucket), MeasureLatency.Point?> _points = new();

    /// <summary>The first bucket that may still change.</summary>
    public long OpenFrom(int bucketS) => (time.GetUtcNow() - s_margin).ToUnixTimeSeconds() / bucketS;

    /// <param name="of">Whose points; 0 stands for all.</param>
    /// <param name="bucket">Which.</param>
    /// <param name="point">Null: nothing was reported.</param>
    /// <returns>False: it was not counted yet.</returns>
    public bool TryFind((long Company, long Camera, int BucketS) of, long bucket, out MeasureLatency.Point? point) =>
        _points.TryGetValue((of.Company, of.Camera, of.BucketS, bucket), out point);

    public void Keep((long Company, long Camera, int BucketS) of, long bucket, MeasureLatency.Point? point)
    {
        // They are counted again when they are asked for.
        if (_points.Count >= MostPoints)
            _points.Clear();
        _points[(of.Company, of.Camera, of.BucketS, bucket)] = point;
    }
}
