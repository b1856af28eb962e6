namespace Siaga.Scenes.Motion;

/// <summary>What a frame shows, a value a cell and plane, each taken over the cell and its neighbours.</summary>
internal sealed class CellFrame(SceneGrid grid)
{
    /// <summary>Directions: octants, the first one centred on "to the right", clockwise as the picture's y goes down.</summary>
    public const int Directions = 8;

    public SceneGrid Grid { get; } = grid;

    /// <summary>Seconds of media time.</summary>
    public double Seconds { get; set; }

    /// <summary>Tracked foreground points, as a share of all that could be there: 0 to 1.</summary>
    public float[] Density { get; } = new float[grid.Cells];

    /// <summary>Mean speed of the points, pixels a tenth of a second.</summary>
    public float[] Speed { get; } = new float[grid.Cells];

    /// <summary>Mean displacement since the frame before, pixels to the right.</summary>
    public float[] ShiftX { get; } = new float[grid.Cells];

    /// <summary>Mean displacement since the frame before, pixels down.</summary>
    public float[] ShiftY { get; } = new float[grid.Cells];

    /// <summary>Foreground's share of the surroundings, some seven cells a side: 0 to 1.</summary>
    public float[] Size { get; } = new float[grid.Cells];

    /// <summary>Share of points that move into each octant, octant by octant: 0 to 1 each.</summary>
    public float[] Octants { get; } = new float[Directions * grid.Cells];
}
