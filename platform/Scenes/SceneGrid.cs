using System.Runtime.InteropServices;

namespace Siaga.Scenes;

/// <summary>The working picture of a camera and the cells that its model is made of.</summary>
/// <param name="Width">Pixels, a multiple of <see cref="CellSize"/>.</param>
/// <param name="Height">Pixels, a multiple of <see cref="CellSize"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneGrid(int Width, int Height)
{
    /// <summary>Pixels a side: at 360 px a person is four cells high, so that a cell tells places apart and still sees many people.</summary>
    public const int CellSize = 8;

    /// <summary>Pixels on the longer side.</summary>
    public const int LongSide = 360;

    public int Columns => Width / CellSize;

    public int Rows => Height / CellSize;

    public int Cells => Columns * Rows;

    public int Pixels => Width * Height;

    /// <summary>The working size for pictures of this size: their shape, to the nearest cell.</summary>
    public static SceneGrid For(int sourceWidth, int sourceHeight)
    {
        var scale = (double)LongSide / Math.Max(Math.Max(sourceWidth, sourceHeight), 1);
        return new SceneGrid(Side(sourceWidth * scale), Side(sourceHeight * scale));
    }

    // Three cells at least: a picture of 2000 × 1 pixels is no scene, but must not end anything either.
    private static int Side(double pixels) => Math.Max((int)Math.Round(pixels / CellSize), 3) * CellSize;
}
