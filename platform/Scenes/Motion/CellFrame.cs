namespace Siaga.Scenes.Motion;

/// <summary>What a frame shows in each active cell; each value is taken over the cell and its neighbours.</summary>
internal sealed class CellFrame(SceneGrid grid)
{
    /// <summary>Octants of movement: the first is centred on "to the right", the others follow clockwise (y points down).</summary>
    public const int Directions = 8;

    public SceneGrid Grid { get; } = grid;

    /// <summary>Seconds since the frame before, at most <see cref="MotionExtractor.LongestGap"/>; 0 for a clip's first frame.</summary>
    public double Gap { get; set; }

    /// <summary>Whether optical flow was possible, so that speeds, shifts and octants are valid.</summary>
    public bool HasMotion { get; set; }

    /// <summary>The picture changed as a whole (light, a torn frame, a knock): its cells are neither scored nor learned.</summary>
    public bool IsUpset { get; set; }

    /// <summary>The light has just changed; the cells are still valid.</summary>
    public bool IsRelit { get; set; }

    /// <summary>Number of active cells: the valid entries at the start of the arrays.</summary>
    public int Count { get; set; }

    public int[] Cell { get; } = new int[grid.Cells];

    /// <summary>Natural logarithm of the mean speed in pixels a tenth of a second, plus 0.05.</summary>
    public float[] LogSpeed { get; } = new float[grid.Cells];

    /// <summary>The foreground's share of the surroundings, seven cells a side: 0 to 1.</summary>
    public float[] Size { get; } = new float[grid.Cells];

    /// <summary>Mean displacement since the frame before, in cells to the right.</summary>
    public float[] ShiftX { get; } = new float[grid.Cells];

    /// <summary>Mean displacement since the frame before, in cells down.</summary>
    public float[] ShiftY { get; } = new float[grid.Cells];

    /// <summary>Density of points that move into each octant: 0 to 1, eight values for each cell.</summary>
    public float[] Octants { get; } = new float[Directions * grid.Cells];

    public void Clear() => (Count, HasMotion, IsUpset, IsRelit, Gap) = (0, false, false, false, 0);
}
