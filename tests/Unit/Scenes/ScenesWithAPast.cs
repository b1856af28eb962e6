using Siaga.Scenes;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;

namespace Siaga.Tests.Unit.Scenes;

/// <summary>A small scene and frames of it.</summary>
internal static class ScenesWithAPast
{
    /// <summary>Eight columns and four rows of cells.</summary>
    public static SceneGrid Grid { get; } = new(64, 32);

    /// <summary>Of many frames in which a fifth of each surrounding moves to the right, two pixels a tenth of a second.</summary>
    public static SceneStatistics Busy()
    {
        var statistics = new SceneStatistics(Grid);
        var frame = Frame([.. Enumerable.Range(0, Grid.Cells)]);
        for (var i = 0; i < 2000; i++)
            statistics.Add(frame, 1);
        return statistics;
    }

    /// <summary>Of many frames in which nothing moves.</summary>
    public static SceneStatistics Empty()
    {
        var statistics = new SceneStatistics(Grid);
        var frame = Frame([]);
        for (var i = 0; i < 2000; i++)
            statistics.Add(frame, 1);
        return statistics;
    }

    /// <param name="cells">The active ones; each is as in <see cref="Busy"/>.</param>
    public static CellFrame Frame(int[] cells, double gap = 0.1)
    {
        var frame = new CellFrame(Grid) { Count = cells.Length, Gap = gap, HasMotion = true };
        for (var n = 0; n < cells.Length; n++)
        {
            (frame.Cell[n], frame.LogSpeed[n], frame.Size[n]) = (cells[n], MathF.Log(2.05f), 0.2f);
            frame.Octants[n * CellFrame.Directions] = 0.5f;
        }

        return frame;
    }
}
