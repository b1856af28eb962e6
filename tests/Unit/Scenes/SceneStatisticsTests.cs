using CsCheck;
using Siaga.Scenes;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;

namespace Siaga.Tests.Unit.Scenes;

public sealed class SceneStatisticsTests
{
    private static readonly SceneGrid s_grid = new(24, 24);

    private static readonly Gen<SceneStatistics> s_any = Gen.Select(Gen.Long[0, 1000].Array[9], Gen.Long[0, 9], Gen.Int[0, 5]).Select(
        (counts, frames, exemplars) =>
        {
            var statistics = new SceneStatistics(s_grid) { Frames = frames, ActiveFrames = frames / 2, Milliseconds = 100 * frames };
            counts.CopyTo(statistics.Active, 0);
            counts.CopyTo(statistics.Octants, 9);
            statistics.Noise[counts[0] % 256]++;
            for (var i = 0; i < exemplars; i++)
                statistics.Exemplars.Offer(new byte[512], 0, 1, counts[i]);
            return statistics;
        });

    [Fact]
    public void Statistics_add_up_to_the_same_in_any_order() => Gen.Select(s_any, s_any, s_any).Sample((a, b, c) =>
        Text(Sum(a, b, c)) == Text(Sum(c, a, b)) && Text(Sum(a, Sum(b, c))) == Text(Sum(Sum(a, b), c)));

    [Fact]
    public void Those_of_another_grid_cannot_be_added() =>
        Assert.Throws<ArgumentException>(() => Sum().Merge(new SceneStatistics(new SceneGrid(32, 24))));

    [Fact]
    public void A_frame_counts_in_its_active_cells_and_its_motion_only_where_it_has_one()
    {
        var statistics = new SceneStatistics(s_grid);
        var frame = new CellFrame(s_grid) { Count = 1, HasMotion = true };
        (frame.Cell[0], frame.Size[0], frame.LogSpeed[0], frame.Octants[2]) = (4, 0.5f, -2, 0.25f);
        statistics.Add(frame, 1);
        frame.HasMotion = false;
        statistics.Add(frame, 1);
        frame.Count = 0;
        statistics.Add(frame, 1);
        Assert.Equal((3, 2, 2, 1), (statistics.Frames, statistics.ActiveFrames, statistics.Active[4], statistics.Moving[4]));
        Assert.Equal((1, 0.5), (statistics.SizeSum[4] / SceneStatistics.One, statistics.SizeSquares[4] / SceneStatistics.One));
        Assert.Equal((-2, 4), (statistics.SpeedSum[4] / SceneStatistics.One, statistics.SpeedSquares[4] / SceneStatistics.One));
        Assert.Equal(0.25, statistics.Octants[(2 * 9) + 4] / SceneStatistics.One);
        Assert.Equal((1, 2), (statistics.Octants.Count(o => o != 0), statistics.Active.Sum()));
    }

    [Theory]
    [InlineData(new float[0], null)]
    [InlineData(new[] { 1f }, 1.03125)]
    [InlineData(new[] { 3f, 1f, 2f }, 2.03125)]
    [InlineData(new[] { 900f }, 15.96875)]
    public void The_noise_of_a_camera_is_its_median(float[] noises, double? median)
    {
        var statistics = new SceneStatistics(s_grid);
        foreach (var noise in noises)
            statistics.Add(new CellFrame(s_grid), noise);
        Assert.Equal(median, statistics.MedianNoise());
    }

    [Fact]
    public void What_is_scaled_is_a_whole_number_next_to_its_share_and_the_same_for_the_same_seed() =>
        Gen.Select(s_any, Gen.Double[0, 2], Gen.Int[1, 1000]).Sample((statistics, share, seed) =>
        {
            var (one, other) = (Sum(statistics), Sum(statistics));
            one.Scale(share, seed);
            other.Scale(share, seed);
            return Text(one) == Text(other) && one.Milliseconds == statistics.Milliseconds
                && one.Active.Zip(statistics.Active).All(p => Math.Abs(p.First - (p.Second * share)) < 1);
        });

    [Fact]
    public void A_fraction_is_rounded_up_as_often_as_its_size_says()
    {
        var statistics = new SceneStatistics(new SceneGrid(360, 360));
        Array.Fill(statistics.Active, 1);
        statistics.Scale(0.3, 7);
        Assert.InRange(statistics.Active.Average(), 0.26, 0.34);
    }

    [Fact]
    public void Only_counts_that_there_can_be_are_possible()
    {
        Assert.True(Sum().IsPossible());
        Assert.False(new SceneStatistics(s_grid) { Frames = (1L << 39) + 1 }.IsPossible());
        Assert.True(new SceneStatistics(s_grid) { Frames = 1L << 39 }.IsPossible());
        Assert.False(With(s => s.Active[3] = -1).IsPossible());
        Assert.False(With(s => s.Octants[3] = -1).IsPossible());
        Assert.False(With(s => s.Peaks.Counts[3] = (1L << 39) + 1).IsPossible());
        Assert.True(With(s => s.SpeedSum[3] = -5).IsPossible());
        Assert.False(With(s => s.SpeedSum[3] = long.MinValue).IsPossible());
    }

    private static SceneStatistics With(Action<SceneStatistics> change)
    {
        var statistics = new SceneStatistics(s_grid);
        change(statistics);
        return statistics;
    }

    private static SceneStatistics Sum(params SceneStatistics[] parts)
    {
        var sum = new SceneStatistics(s_grid);
        foreach (var part in parts)
            sum.Merge(part);
        return sum;
    }

    private static string Text(SceneStatistics statistics) => string.Join(' ', (IEnumerable<string>)
    [
        $"{statistics.Frames} {statistics.ActiveFrames} {statistics.Milliseconds}",
        .. statistics.Sums.Select(s => string.Join(',', s)), .. statistics.Exemplars.Ordered().Select(e => $"{e.Ticket}"),
    ]);
}
