namespace Siaga.Scenes.Motion;

/// <summary>What a frame shows, cell by active cell; each value is taken over the cell and its neighbours.</summary>
internal sealed class CellFrame(SceneGrid grid)
{
    /// <summary>Octants of movement: the first is centred on "to the right"; they go on clockwise, as the picture's y goes down.</summary>
    public const int Directions = 8;

    public SceneGrid Grid { get; } = grid;

    /// <summary>Seconds since the frame before, at most <see cref="MotionExtractor.LongestGap"/>; 0 for a clip's first.</summary>
    public double Gap { get; set; }

    /// <summary>Optical flow was possible: speeds, shifts and octants mean something.</summary>
    public bool HasMotion { get; set; }

    /// <summary>The picture changed as a whole (light, a torn frame, a knock): there is nothing to say about its cells, and nothing to learn.</summary>
    public bool IsUpset { get; set; }

    /// <summary>The light changed just now; what the cells show still holds.</summary>
    public bool IsRelit { get; set; }

    /// <summary>Active cells; the arrays' first so many entries count.</summary>
    public int Count { get; set; }

    public int[] Cell { get; } = new int[grid.Cells];

    /// <summary>Natural logarithm of the mean speed in pixels a tenth of a second, plus 0.05.</summary>
    public float[] LogSpeed { get; } = new float[grid.Cells];

    /// <summary>Foreground's share of the surroundings, seven cells a side: 0 to 1.</summary>
    public float[] Size { get; } = new float[grid.Cells];

    /// <summary>Mean displacement since the frame before, cells to the right.</summary>
    public float[] ShiftX { get; } = new float[grid.Cells];

    /// <summary>Mean displacement since the frame before, cells down.</summary>
    public float[] ShiftY { get; } = new float[grid.Cells];

    /// <summary>Density of points that move into each octant: 0 to 1, eight values a cell.</summary>
    public float[] Octants { get; } = new float[Directions * grid.Cells];

    public void Clear() => (Count, HasMotion, IsUpset, IsRelit, Gap) = (0, false, false, false, 0);
}
