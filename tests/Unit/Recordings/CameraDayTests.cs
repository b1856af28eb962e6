using CsCheck;
using Siaga.Recordings;

namespace Siaga.Tests.Unit.Recordings;

public sealed class CameraDayTests
{
    private static readonly DateTimeOffset s_midnight = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("UTC", "2026-11-30", "2026-11-30T00:00Z", 24)]
    [InlineData("Asia/Jakarta", "2026-11-30", "2026-11-29T17:00Z", 24)]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00Z", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-24T22:00Z", 25)]
    [InlineData("America/Havana", "2026-03-08", "2026-03-08T05:00Z", 23)]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00Z", 25)]
    public void A_day_is_as_long_as_the_cameras_clock_makes_it(string zone, string date, string from, int hours)
    {
        var span = CameraDay.SpanOf(TimeZoneInfo.FindSystemTimeZoneById(zone), DateOnly.Parse(date));
        Assert.Equal(DateTimeOffset.Parse(from), span.From);
        Assert.Equal(hours, (span.To - span.From).TotalHours);
    }

    [Fact]
    public void Every_moment_is_in_the_day_that_is_its_own()
    {
        foreach (var name in (string[])["UTC", "Asia/Jakarta", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe"])
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            Gen.Int[0, 3 * 365 * 24 * 60].Sample(minutes =>
            {
                var moment = s_midnight.AddMinutes(minutes);
                var span = CameraDay.SpanOf(zone, CameraDay.Of(zone, moment));
                return span.From <= moment && moment < span.To;
            });
        }
    }

    [Fact]
    public void A_day_without_a_clip_is_one_gap() =>
        Assert.Equal([Part(0, 60)], CameraDay.GapsOf([], Part(0, 60), s_minute));

    [Theory]
    [InlineData(10, 20, 21, 30, 0)]
    [InlineData(10, 20, 22, 30, 1)]
    public void A_gap_is_longer_than_what_counts_as_none(int a, int b, int c, int d, int between) => Assert.Equal(
        2 + between, CameraDay.GapsOf([Part(a, b), Part(c, d)], Part(0, 60), s_minute).Count);

    [Fact]
    public void A_clip_within_a_longer_one_opens_no_gap() =>
        Assert.Empty(CameraDay.GapsOf([Part(0, 50), Part(10, 20), Part(50, 60)], Part(0, 60), s_minute));

    [Fact]
    public void What_reaches_over_the_edges_counts_within_them() =>
        Assert.Equal([Part(10, 50)], CameraDay.GapsOf([Part(-5, 10), Part(50, 99)], Part(0, 60), s_minute));

    [Fact]
    public void Clips_after_the_span_make_no_gap_beyond_it() =>
        Assert.Equal([Part(0, 60)], CameraDay.GapsOf([Part(70, 80)], Part(0, 60), s_minute));

    [Fact]
    public void Gaps_are_in_order_within_the_span_and_hold_no_clip() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 20]).Array[0, 20].Sample(drawn =>
        {
            var clips = drawn.Select(c => Part(c.Item1, c.Item1 + c.Item2)).OrderBy(c => c.From).ToList();
            var gaps = CameraDay.GapsOf(clips, Part(0, 90), s_minute);
            return gaps.All(g => g.To - g.From > s_minute && g.From >= s_midnight && g.To <= Part(0, 90).To
                    && !clips.Exists(c => c.From < g.To && c.To > g.From && c.From < c.To))
                && gaps.Zip(gaps.Skip(1)).All(p => p.First.To <= p.Second.From);
        });

    private static Span Part(int fromMinute, int toMinute) => new(s_midnight.AddMinutes(fromMinute), s_midnight.AddMinutes(toMinute));
}
