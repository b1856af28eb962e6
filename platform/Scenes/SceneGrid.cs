using System.Runtime.InteropServices;

namespace Siaga.Scenes;

/// <summary>A camera's working picture and the cells of its model.</summary>
/// <param name="Width">Pixels, a multiple of <see cref="CellSize"/>.</param>
/// <param name="Height">Pixels, a multiple of <see cref="CellSize"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneGrid(int Width, int Height)
{
    /// <summary>Pixels a side. A person at 360 px is four cells high, so a cell separates places and still sees many people.</summary>
    public const int CellSize = 8;

    /// <summary>Pixels on the longer side.</summary>
    public const int LongSide = 360;

    public int Columns => Width / CellSize;

    public int Rows => Height / CellSize;

    public int Cells => Columns * Rows;

    public int Pixels => Width * Height;

    /// <summary>The working size for pictures of this size: the same aspect ratio, rounded to whole cells.</summary>
    public static SceneGrid For(int sourceWidth, int sourceHeight)
    {
        var scale = (double)LongSide / Math.Max(Math.Max(sourceWidth, sourceHeight), 1);
        return new SceneGrid(Side(sourceWidth * scale), Side(sourceHeight * scale));
    }

    // At least three cells: a picture of 2000 × 1 pixels is no useful scene, but must not cause an error.
    private static int Side(double pixels) => Math.Max((int)Math.Round(pixels / CellSize), 3) * CellSize;
}
