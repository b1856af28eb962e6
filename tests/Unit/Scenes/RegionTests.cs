using CsCheck;
using Siaga.Scenes.Scoring;

namespace Siaga.Tests.Unit.Scenes;

public sealed class RegionTests
{
    private const int Columns = 16;
    private const int Rows = 8;

    [Fact]
    public void A_place_by_itself_is_its_own_box() => Assert.Equal((5, 3, 1, 1), Around((5, 3), [(5, 3), (7, 3), (6, 4)]));

    [Fact]
    public void What_touches_it_is_within_the_box() => Assert.Equal((5, 3, 2, 3), Around((5, 3), [(5, 3), (6, 3), (6, 4), (5, 5)]));

    [Fact]
    public void A_box_ends_at_the_edge_of_the_picture()
    {
        Assert.Equal((0, 0, 2, 2), Around((0, 0), [(0, 0), (1, 0), (0, 1)]));
        Assert.Equal((14, 6, 2, 2), Around((15, 7), [(15, 7), (14, 7), (15, 6)]));
    }

    [Fact]
    public void What_is_below_the_limit_does_not_count()
    {
        var values = new int[Columns * Rows];
        (values[0], values[1]) = (5, 4);
        Assert.Equal((0, 0, 1, 1), Region.Around(0, Columns, Rows, values, 5));
        Assert.Equal((0, 0, 2, 1), Region.Around(0, Columns, Rows, values, 4));
    }

    [Fact]
    public void A_box_holds_its_start_stays_within_the_picture_and_is_bounded() =>
        Gen.Select(Gen.Int[0, 1].Array[Columns * Rows], Gen.Int[0, (Columns * Rows) - 1]).Sample((values, start) =>
        {
            var (x, y, width, height) = Region.Around(start, Columns, Rows, values, 1);
            return x >= 0 && y >= 0 && x + width <= Columns && y + height <= Rows && width <= Columns / 4 && height <= Rows / 2
                && start % Columns >= x && start % Columns < x + width && start / Columns >= y && start / Columns < y + height;
        });

    [Fact]
    public void Where_everything_counts_it_is_as_large_as_it_may_be_or_as_the_picture() =>
        Gen.Select(Gen.Int[1, 45], Gen.Int[1, 45], Gen.Int[0, (45 * 45) - 1]).Sample((columns, rows, place) =>
        {
            var values = Enumerable.Repeat(1, columns * rows).ToArray();
            var (_, _, width, height) = Region.Around(place % values.Length, columns, rows, values, 1);
            return width == Math.Min(columns, Math.Max(columns / 4, 3)) && height == Math.Min(rows, Math.Max(rows / 2, 3));
        });

    private static (int, int, int, int) Around((int X, int Y) start, (int X, int Y)[] places)
    {
        var values = new int[Columns * Rows];
        foreach (var (x, y) in places)
            values[(y * Columns) + x] = 1;
        return Region.Around((start.Y * Columns) + start.X, Columns, Rows, values, 1);
    }
}
