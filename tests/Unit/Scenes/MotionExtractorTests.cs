using System.Numerics;
using Siaga.Scenes;
using Siaga.Scenes.Motion;

namespace Siaga.Tests.Unit.Scenes;

/// <summary>What the cells of a frame show, with a point tracker that finds what it is told to.</summary>
public sealed class MotionExtractorTests
{
    private static readonly SceneGrid s_grid = new(96, 64);

    private readonly Tracker _tracker = new();
    private readonly MotionExtractor _extractor;
    private readonly CellFrame _frame = new(s_grid);

    public MotionExtractorTests()
    {
        _extractor = new MotionExtractor(s_grid, _tracker);
        _extractor.Background.Start(Picture(thing: false));
    }

    [Fact]
    public void A_clip_s_first_frame_has_no_motion_and_no_active_cells()
    {
        See(5);
        Assert.Equal((0, 0.0, false, false), (_frame.Count, _frame.Gap, _frame.HasMotion, _frame.IsUpset));
    }

    [Fact]
    public void A_thing_that_moves_is_active_where_it_is_with_its_speed_and_direction()
    {
        See(0);
        See(0.1);
        Assert.True(_frame.HasMotion);
        Assert.Equal(0.1, _frame.Gap, 1e-9);
        var n = Array.IndexOf(_frame.Cell, CellAt(44, 28), 0, _frame.Count);
        Assert.True(n >= 0);
        Assert.DoesNotContain(CellAt(4, 4), _frame.Cell.Take(_frame.Count));

        // Two pixels to the right in a tenth of a second: a quarter of a cell.
        Assert.Equal(2, Math.Exp(_frame.LogSpeed[n]) - 0.05, 0.2);
        Assert.Equal(0.25, _frame.ShiftX[n], 0.03);
        Assert.Equal(0, _frame.ShiftY[n]);
        Assert.True(_frame.Octants[8 * n] > 0.3 && _frame.Octants.AsSpan((8 * n) + 1, 7).IndexOfAnyExcept(0f) < 0);
        Assert.InRange(_frame.Size[n], 0.1f, 0.9f);
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(2, 2, 1)]
    [InlineData(0, 2, 2)]
    [InlineData(-2, 2, 3)]
    [InlineData(-2, 0, 4)]
    [InlineData(-2, -2, 5)]
    [InlineData(0, -2, 6)]
    [InlineData(2, -2, 7)]
    [InlineData(0.3f, 0, -1)]
    public void Directions_go_clockwise_and_a_very_short_way_has_none(float x, float y, int octant)
    {
        _tracker.Shift = new Vector2(x, y);
        See(0);
        See(0.1);
        var n = Array.IndexOf(_frame.Cell, CellAt(44, 28), 0, _frame.Count);
        Assert.Equal(octant, _frame.Octants.AsSpan(8 * n, 8).IndexOfAnyExcept(0f));
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.51, false)]
    public void After_a_long_gap_there_is_no_motion_but_there_are_active_cells(double gap, bool hasMotion)
    {
        See(0);
        See(gap);
        Assert.Equal((hasMotion, 0.5), (_frame.HasMotion, _frame.Gap));
        Assert.NotEqual(0, _frame.Count);
    }

    [Fact]
    public void A_cut_and_going_back_in_time_begin_anew()
    {
        See(3);
        _extractor.Cut();
        See(3.1);
        Assert.Equal((0, 0.0), (_frame.Count, _frame.Gap));
        See(1);
        Assert.Equal((0, 0.0), (_frame.Count, _frame.Gap));
    }

    [Theory]
    [InlineData(11.9f, true)]
    [InlineData(12, false)]
    [InlineData(float.NaN, false)]
    public void A_point_that_crossed_an_eighth_of_the_picture_was_not_found(float shift, bool isFound)
    {
        _tracker.Shift = new Vector2(shift, 0);
        See(0);
        See(0.1);
        Assert.Equal(isFound, _frame.Count > 0);
    }

    [Fact]
    public void Points_that_are_not_found_again_are_not_active()
    {
        _tracker.Finds = false;
        See(0);
        See(0.1);
        Assert.Equal(0, _frame.Count);
    }

    [Fact]
    public void After_a_torn_picture_there_is_no_motion()
    {
        See(0);
        _extractor.Next([.. Picture(thing: false).Reverse().Select((v, i) => (byte)(i % 3 == 0 ? 255 - v : v))], 0.1, _frame);
        Assert.True(_frame.IsUpset);
        Assert.Equal(0, _frame.Count);
        See(0.2);
        Assert.False(_frame.HasMotion);
        See(0.3);
        Assert.True(_frame.HasMotion);
    }

    private static int CellAt(int x, int y) => (y / 8 * s_grid.Columns) + (x / 8);

    private void See(double seconds) => _extractor.Next(Picture(thing: true), seconds, _frame);

    /// <summary>Stripes, with a bright thing from (32, 16) to (56, 40).</summary>
    private static byte[] Picture(bool thing) => [.. Enumerable.Range(0, s_grid.Pixels).Select(i =>
        thing && i % 96 is >= 32 and < 56 && i / 96 is >= 16 and < 40 ? (byte)230 : (byte)(60 + (i % 96 / 8 % 3 * 40)))];

    private sealed class Tracker : IPointTracker
    {
        public Vector2 Shift { get; set; } = new(2, 0);

        public bool Finds { get; set; } = true;

        public void Push(ReadOnlySpan<byte> gray, int width, int height)
        {
        }

        public void Track(ReadOnlySpan<Vector2> points, Span<Vector2> before, Span<bool> found)
        {
            for (var i = 0; i < points.Length; i++)
                (before[i], found[i]) = (points[i] - Shift, Finds);
        }

        public void Dispose()
        {
        }
    }
}
