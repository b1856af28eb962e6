using System.Numerics;
using Siaga.Scenes;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;
using Siaga.Scenes.Scoring;

namespace Siaga.Tests.Unit.Scenes;

public sealed class OnlineLearningTests
{
    private const double Level = 4;

    private static readonly DateTimeOffset s_captured = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly byte[] s_thumbnail = new byte[Thumbnail.Length];

    [Theory]
    [InlineData(3.99, 1)]
    [InlineData(4, 0)]
    public void A_moment_at_the_alarm_level_is_not_learned_but_its_time_counts(double fused, int learned)
    {
        var statistics = Learned(Known(), fused);
        Assert.Equal((learned, learned, 100), (statistics.Frames, statistics.Exemplars.Count, statistics.Milliseconds));
    }

    [Fact]
    public void A_camera_that_has_not_learned_enough_learns_everything() =>
        Assert.Equal(1, Learned(new SceneStatistics(ScenesWithAPast.Grid), 100).Frames);

    [Fact]
    public void A_torn_picture_is_not_learned()
    {
        var statistics = Learned(Known(), 0, change: f => f.IsUpset = true);
        Assert.Equal((0, 0), (statistics.Frames, statistics.Milliseconds));
    }

    [Fact]
    public void Scores_are_sampled_by_the_model_that_had_not_seen_the_moment()
    {
        Assert.Equal((1, 1), Sampled(Learned(Known(), 1)));
        Assert.Equal((0, 0), Sampled(Learned(new SceneStatistics(ScenesWithAPast.Grid), 1)));
        Assert.Equal((0, 0), Sampled(Learned(Known(), 1, weight: 2)));
        Assert.Equal((0, 0), Sampled(Learned(Known(), 1, change: f => f.Gap = 0)));
    }

    [Fact]
    public void A_clip_that_was_marked_counts_as_often_as_its_weight() => Assert.Equal(3, Learned(Known(), 1, weight: 3).Frames);

    [Theory]
    [InlineData(19, 0)]
    [InlineData(20, 1)]
    [InlineData(39, 1)]
    [InlineData(40, 2)]
    public void Every_ten_seconds_have_their_highest_score(int frames, int peaks)
    {
        var learning = new OnlineLearning(State(Known()), s_captured, Level, 1);
        for (var i = 0; i < frames; i++)
            See(learning, i == 3 ? 3 : 1, ScenesWithAPast.Frame([], 0.5));
        var statistics = learning.Finish();
        Assert.Equal(peaks, statistics.Peaks.Total);
        if (peaks > 0)
            Assert.Equal(
                (1, peaks - 1), (statistics.Peaks.Counts[ScoreHistogram.BinOf(3)], statistics.Peaks.Counts[ScoreHistogram.BinOf(1)]));
    }

    private static (long, long) Sampled(SceneStatistics statistics) => (statistics.Fused.Total, statistics.HeldOut[2].Total);

    private static SceneStatistics Learned(SceneStatistics known, double fused, int weight = 1, Action<CellFrame>? change = null)
    {
        var frame = ScenesWithAPast.Frame([11]);
        change?.Invoke(frame);
        var learning = new OnlineLearning(State(known), s_captured, Level, weight);
        See(learning, fused, frame);
        return learning.Finish();
    }

    private static void See(OnlineLearning learning, double fused, CellFrame frame) =>
        learning.See(frame, s_thumbnail, 1, new AttributeScores(Vector4.One, 1), fused, 5);

    private static SceneStatistics Known() => new(ScenesWithAPast.Grid) { Frames = 1, Milliseconds = 2_000_000, ActiveFrames = 1000 };

    private static SceneState State(SceneStatistics known) => new(1, known, new byte[ScenesWithAPast.Grid.Pixels], 1, s_captured);
}
