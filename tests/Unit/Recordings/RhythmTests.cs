using CsCheck;
using Siaga.Recordings;

namespace Siaga.Tests.Unit.Recordings;

public sealed class RhythmTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Fewer_than_two_clips_have_no_rhythm()
    {
        Assert.Null(Rhythm.Of([]));
        Assert.Null(Rhythm.Of([s_start]));
    }

    [Fact]
    public void A_gap_at_night_and_a_burst_count_for_little()
    {
        int[] seconds = [0, 30, 60, 90, 91, 92, 120, 150, 36_000, 36_030, 36_060];
        Assert.Equal(TimeSpan.FromSeconds(30), Rhythm.Of(seconds.Select(s => s_start.AddSeconds(s))));
    }

    [Fact]
    public void The_order_of_the_clips_does_not_matter_and_the_rhythm_is_one_of_the_steps_or_a_second() =>
        Gen.Int[0, 100_000].Array[2, 21].Sample(seconds =>
        {
            var times = seconds.Select(s => s_start.AddSeconds(s)).ToList();
            var rhythm = Rhythm.Of(times);
            var sorted = seconds.Order().ToArray();
            var steps = sorted.Zip(sorted.Skip(1), (a, b) => b - a);
            return rhythm == Rhythm.Of(times.AsEnumerable().Reverse())
                && (steps.Any(s => TimeSpan.FromSeconds(s) == rhythm) || rhythm == TimeSpan.FromSeconds(1));
        });
}
