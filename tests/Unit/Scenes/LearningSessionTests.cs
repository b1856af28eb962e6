using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;

namespace Siaga.Tests.Unit.Scenes;

public sealed class LearningSessionTests
{
    private readonly LearningSession _session = new(ScenesWithAPast.Grid);

    [Fact]
    public void From_no_footage_nothing_is_learned() => Assert.Equal(0, _session.Finish(null).Frames);

    [Theory]
    [InlineData(40)]
    [InlineData(1000)]
    public void All_footage_is_learned_and_each_moment_scored_once(int frames)
    {
        for (var i = 0; i < frames; i++)
            See(i, gap: i == 0 ? 0 : 0.5);
        var learned = _session.Finish(null);
        Assert.Equal((frames, 500L * (frames - 1)), (learned.Frames, learned.Milliseconds));
        Assert.Equal((frames - 1, frames - 1), (learned.Fused.Total, learned.HeldOut[0].Total));

        // A peak for every ten seconds.
        Assert.Equal((frames - 1) / 20, learned.Peaks.Total);
    }

    [Fact]
    public void Torn_pictures_are_neither_learned_nor_scored()
    {
        for (var i = 0; i < 40; i++)
            See(i, isUpset: i % 2 == 1);
        var learned = _session.Finish(null);
        Assert.Equal((20, 20, 40 * 100), (learned.Frames, learned.Fused.Total, learned.Milliseconds));
    }

    [Fact]
    public void A_moment_that_the_rest_of_the_footage_lacks_scores_high_although_it_was_learned()
    {
        for (var i = 0; i < 1000; i++)
            See(i, active: i >= 990 ? [11] : []);
        var place = _session.Finish(null).HeldOut[2];
        Assert.True(place.Quantile(1) > place.Quantile(0.9) + 1);
    }

    [Fact]
    public void What_was_known_before_is_not_learned_again()
    {
        See(0);
        Assert.Equal(1, _session.Finish(ScenesWithAPast.Busy()).Frames);
    }

    [Fact]
    public void The_same_footage_teaches_the_same()
    {
        var other = new LearningSession(ScenesWithAPast.Grid);
        for (var i = 0; i < 100; i++)
        {
            See(i, active: [i % 32]);
            other.Add(ScenesWithAPast.Frame([i % 32]), Thumbnail(i), 1);
        }

        Assert.Equal(_session.Finish(null).Sums, other.Finish(null).Sums);
    }

    private static byte[] Thumbnail(int i) => [.. Enumerable.Repeat((byte)(100 + (i % 20)), Siaga.Scenes.Imaging.Thumbnail.Length)];

    private void See(int i, double gap = 0.1, bool isUpset = false, int[]? active = null)
    {
        var frame = ScenesWithAPast.Frame(active ?? [], gap);
        frame.IsUpset = isUpset;
        _session.Add(frame, Thumbnail(i), 1);
    }
}
