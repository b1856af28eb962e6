using CsCheck;
using Siaga.App.Dashboard.History;
using Siaga.Messages.Api;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class StripShapeTests
{
    private static readonly DateTimeOffset s_midnight = FakeDesk.Now.AddHours(-8);

    // Few different values, so that many touch and overlap.
    private static readonly Gen<(DateTimeOffset From, DateTimeOffset To)[]> s_spans = Gen.Select(Gen.Int[0, 100], Gen.Int[0, 20])
        .Array[0, 15].Select(all => all.Select(s => (At(s.Item1), At(s.Item1 + s.Item2))).ToArray());

    [Fact]
    public void What_is_joined_covers_the_same_and_has_gaps_of_more_than_three_seconds() => s_spans.Sample(spans =>
    {
        var joined = StripShape.Joined(spans).ToList();
        return joined.Zip(joined.Skip(1)).All(p => p.Second.From - p.First.To > TimeSpan.FromSeconds(3))
            && spans.All(s => joined.Exists(j => j.From <= s.From && j.To >= s.To))
            && joined.All(j => spans.Any(s => s.From == j.From) && spans.Any(s => s.To == j.To));
    });

    [Fact]
    public void The_order_of_clips_does_not_matter() => s_spans.Sample(spans =>
        StripShape.Joined(spans).SequenceEqual(StripShape.Joined([.. spans.Reverse()])));

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void Clips_that_follow_each_other_are_one_shape(int gap, int shapes) =>
        Assert.Equal(shapes, StripShape.Joined([(At(0), At(10)), (At(10 + gap), At(20))]).Count());

    [Fact]
    public void A_day_is_drawn_in_seconds_with_what_failed_apart()
    {
        var shape = StripShape.Of(new ShowDayResponse(
            "2026-11-24", "UTC", s_midnight, s_midnight.AddHours(25),
            Clips:
            [
                new ShowDayClipItem("a", At(60), At(120), ClipState.Anomaly), new ShowDayClipItem("b", At(121), At(180), ClipState.Normal),
                new ShowDayClipItem("c", At(3600), At(3605), ClipState.Failed),
            ],
            Gaps: [new ShowDayGapItem(At(200), At(300))],
            Anomalies: []));
        Assert.Equal(90_000, shape.Seconds);
        Assert.Equal("M60 0h120v1h-120z", shape.Recorded);
        Assert.Equal("M3600 0h30v1h-30z", shape.Failed);
        Assert.Equal("M200 0h100v1h-100z", shape.Gaps);
    }

    private static DateTimeOffset At(int seconds) => s_midnight.AddSeconds(seconds);
}
