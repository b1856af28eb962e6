using CsCheck;
using Siaga.Scenes;

namespace Siaga.Tests.Unit.Scenes;

public sealed class SceneGridTests
{
    [Theory]
    [InlineData(1920, 1080, 360, 200)]
    [InlineData(1080, 1920, 200, 360)]
    [InlineData(640, 480, 360, 272)]
    [InlineData(100, 100, 360, 360)]
    [InlineData(2000, 1, 360, 24)]
    [InlineData(0, 0, 24, 24)]
    public void The_working_picture_has_the_clips_shape_in_whole_cells(int width, int height, int toWidth, int toHeight) =>
        Assert.Equal(new SceneGrid(toWidth, toHeight), SceneGrid.For(width, height));

    [Fact]
    public void It_is_always_of_whole_cells_and_its_longer_side_always_the_same() =>
        Gen.Select(Gen.Int[1, 8000], Gen.Int[1, 8000]).Sample((width, height) =>
        {
            var grid = SceneGrid.For(width, height);
            return grid.Width % SceneGrid.CellSize == 0 && grid.Height % SceneGrid.CellSize == 0
                && Math.Max(grid.Width, grid.Height) == SceneGrid.LongSide && Math.Min(grid.Width, grid.Height) >= 3 * SceneGrid.CellSize
                && grid.Cells * SceneGrid.CellSize * SceneGrid.CellSize == grid.Pixels;
        });
}
