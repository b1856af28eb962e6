using CsCheck;
using Siaga.Scenes;
using Siaga.Scenes.Learning;

namespace Siaga.Tests.Unit.Scenes;

/// <summary>How workers' lessons become the next version, how far learning is, and where alarms begin.</summary>
public sealed class SceneStateTests
{
    private static readonly SceneGrid s_grid = new(24, 24);
    private static readonly DateTimeOffset s_noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1800, 1000, true)]
    [InlineData(1799, 1000, false)]
    [InlineData(1800, 999, false)]
    public void A_camera_has_learned_enough_with_enough_footage_and_enough_motion(int seconds, int active, bool isEnough)
    {
        var statistics = new SceneStatistics(s_grid) { Milliseconds = 1000L * seconds, ActiveFrames = active };
        Assert.Equal(isEnough, State(statistics).Progress.IsEnough);
    }

    [Fact]
    public void Without_a_lesson_of_this_view_the_version_stays()
    {
        var state = State(Active(8));
        Assert.Same(state, state.Merge([]));
        Assert.Same(state, state.Merge([Delta("a", s_noon, hasMoved: true)]));
        Assert.Same(
            state, state.Merge([new SceneDelta("a", new SceneStatistics(new SceneGrid(32, 24)), new byte[32 * 24], s_noon, false)]));
    }

    [Fact]
    public void Lessons_in_any_order_and_more_than_once_make_the_same_version() =>
        Gen.Shuffle(Enumerable.Range(0, 5).ToList()).Sample(order =>
        {
            var lessons = Enumerable.Range(0, 5).Select(i => Delta($"clip-{i}", s_noon.AddHours(i / 2))).ToList();
            var (one, other) = (
                State(Active(8)).Merge(lessons), State(Active(8)).Merge([.. order.Select(i => lessons[i]), lessons[order[0]]]));
            return one.ToBytes().SequenceEqual(other.ToBytes()) && one.Version == 2;
        });

    [Theory]
    [InlineData(0, 8)]
    [InlineData(7, 4)]
    [InlineData(70, 4)]
    [InlineData(-7, 8)]
    public void What_is_known_counts_half_after_a_week_and_never_less_at_once(int days, int left)
    {
        var next = State(Active(8)).Merge([Delta("a", s_noon.AddDays(days))]);
        Assert.Equal(left, next.Statistics.Active[0]);
        Assert.Equal(days > 0 ? s_noon.AddDays(days) : s_noon, next.Newest);
    }

    [Fact]
    public void Footage_without_a_time_is_as_new_as_the_first_clip_after_it() =>
        Assert.Equal(8, State(Active(8), DateTimeOffset.UnixEpoch).Merge([Delta("a", s_noon)]).Statistics.Active[0]);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 7)]
    [InlineData(1, 7)]
    public void The_empty_scene_is_that_of_the_newest_footage(int hours, byte level) =>
        Assert.Equal(level, State(Active(8)).Merge([Delta("a", s_noon.AddHours(hours))]).Background[0]);

    [Fact]
    public void The_noise_is_what_was_measured_since_or_stays()
    {
        Assert.Equal(3, State(Active(8)).Merge([Delta("a", s_noon)]).Noise);
        var measured = new SceneStatistics(s_grid);
        measured.Noise[16]++;
        Assert.Equal(1.03125, State(Active(8)).Merge([new SceneDelta("a", measured, new byte[s_grid.Pixels], s_noon, false)]).Noise);
    }

    [Fact]
    public void Fewer_false_alarms_never_mean_a_lower_threshold() =>
        Gen.Select(Gen.Double[0, 20].Array[1, 50], Gen.Double[1e-3, 10_000], Gen.Double[1e-3, 10_000]).Sample((peaks, a, b) =>
        {
            var statistics = new SceneStatistics(s_grid);
            foreach (var peak in peaks)
                statistics.Peaks.Add(peak);
            var state = State(statistics);
            return state.ThresholdFor(Math.Min(a, b)) >= state.ThresholdFor(Math.Max(a, b)) - 1e-9;
        });

    [Fact]
    public void A_threshold_is_what_so_many_normal_moments_exceed()
    {
        var statistics = new SceneStatistics(s_grid);
        for (var i = 0; i < 1000; i++)
        {
            statistics.Fused.Add(i / 100.0);
            statistics.Peaks.Add(i / 100.0);
        }

        var state = State(statistics);
        Assert.Equal(9, state.ThresholdAt(0.1), 0.1);
        Assert.Equal(8, state.ThresholdFor(0.2 * 8640), 0.1);

        // Rarer than one in ten it follows the tail: ten times as rare is 2.3 mean excesses more.
        Assert.Equal(9 + (Math.Log(10) * 0.5), state.ThresholdFor(0.01 * 8640), 0.2);
    }

    [Fact]
    public void A_lesson_survives_being_stored_and_damage_is_refused()
    {
        var lesson = Delta("a", s_noon);
        var bytes = lesson.ToState().ToBytes();
        var read = SceneDelta.Read("a", bytes);
        Assert.Equal(("a", s_noon), (read.Value.Clip, read.Value.Newest));
        Assert.Equal(bytes, read.Value.ToState().ToBytes());
        Assert.Equal("scene_state_unreadable", SceneDelta.Read("a", bytes.AsSpan(1)).Error!.Code);
    }

    [Fact]
    public void A_file_that_is_cut_or_changed_anywhere_is_refused()
    {
        var bytes = State(Active(300)).ToBytes();
        Assert.True(SceneStateFormat.Read(bytes).IsOk);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample((at, change) =>
        {
            var changed = bytes.ToArray();
            changed[at] ^= change;
            return !SceneStateFormat.Read(changed).IsOk && !SceneStateFormat.Read(bytes.AsSpan(0, at)).IsOk;
        });
    }

    private static SceneState State(SceneStatistics statistics, DateTimeOffset? newest = null) =>
        new(1, statistics, new byte[s_grid.Pixels], 3, newest ?? s_noon);

    private static SceneStatistics Active(long count)
    {
        var statistics = new SceneStatistics(s_grid);
        Array.Fill(statistics.Active, count);
        return statistics;
    }

    /// <summary>A lesson that adds no activity; its empty scene has level 7.</summary>
    private static SceneDelta Delta(string clip, DateTimeOffset captured, bool hasMoved = false)
    {
        var statistics = new SceneStatistics(s_grid) { Milliseconds = clip.Length };
        statistics.Exemplars.Offer(new byte[512], 0, 1, captured.Ticks + clip[^1]);
        return new SceneDelta(clip, statistics, [.. Enumerable.Repeat((byte)7, s_grid.Pixels)], captured, hasMoved);
    }
}
