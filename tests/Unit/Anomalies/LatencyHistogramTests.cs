using Microsoft.Extensions.Time.Testing;
using Siaga.Anomalies;
using Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Anomalies;

public sealed class LatencyHistogramTests
{
    private static readonly MeasureLatencyPoint s_point = new(DateTimeOffset.UnixEpoch, 3, 1, 2, 3);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddHours(10));
    private readonly LatencyHistogram _histogram;

    public LatencyHistogramTests() => _histogram = new LatencyHistogram(_time);

    [Theory]
    [InlineData(0, 9)]
    [InlineData(119, 9)]
    [InlineData(120, 10)]
    [InlineData(3719, 10)]
    public void A_bucket_is_open_until_two_minutes_after_its_end(int seconds, long first)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(first, _histogram.OpenFrom(3600));
    }

    [Fact]
    public void A_point_is_found_where_it_was_kept_and_an_empty_bucket_is_known_to_be_empty()
    {
        _histogram.Keep((7, 0, 3600), 4, s_point);
        _histogram.Keep((7, 0, 3600), 5, null);
        Assert.True(_histogram.TryFind((7, 0, 3600), 4, out var point));
        Assert.Equal(s_point, point);
        Assert.True(_histogram.TryFind((7, 0, 3600), 5, out var empty));
        Assert.Null(empty);
        Assert.False(_histogram.TryFind((7, 0, 3600), 6, out _));
        Assert.False(_histogram.TryFind((8, 0, 3600), 4, out _));
        Assert.False(_histogram.TryFind((7, 9, 3600), 4, out _));
        Assert.False(_histogram.TryFind((7, 0, 60), 4, out _));
    }

    [Fact]
    public void Memory_is_bounded_and_the_newest_point_stays()
    {
        var histogram = new LatencyHistogram(_time) { MostPoints = 3 };
        for (var i = 0; i < 3; i++)
            histogram.Keep((7, 0, 60), i, s_point);
        Assert.True(histogram.TryFind((7, 0, 60), 0, out _));
        histogram.Keep((7, 0, 60), 3, s_point);
        Assert.False(histogram.TryFind((7, 0, 60), 0, out _));
        Assert.True(histogram.TryFind((7, 0, 60), 3, out _));
    }
}
