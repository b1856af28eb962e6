using System.Numerics;
using System.Runtime.InteropServices;

namespace Siaga.Scenes.Motion;

/// <summary>Sums over square windows of cells; cells beyond the picture are zero. Not thread-safe.</summary>
internal sealed class CellWindow(SceneGrid grid)
{
    private readonly float[] _rows = new float[grid.Cells];

    /// <param name="plane">A value for each cell; overwritten with the sums.</param>
    /// <param name="radius">Cells to each side.</param>
    /// <param name="scale">Multiplies each sum.</param>
    public void Sum(Span<float> plane, int radius, float scale)
    {
        var (columns, rows) = (grid.Columns, grid.Rows);
        for (var y = 0; y < rows; y++)
        {
            var from = plane.Slice(y * columns, columns);
            var to = _rows.AsSpan(y * columns, columns);
            from.CopyTo(to);
            for (var k = 1; k <= radius; k++)
            {
                if (k >= columns)
                    break;
                Add(to[k..], from[..^k]);
                Add(to[..^k], from[k..]);
            }
        }

        plane.Clear();
        for (var y = 0; y < rows; y++)
        {
            var to = plane.Slice(y * columns, columns);
            for (var from = Math.Max(y - radius, 0); from <= Math.Min(y + radius, rows - 1); from++)
                Add(to, _rows.AsSpan(from * columns, columns), scale);
        }
    }

    private static void Add(Span<float> to, ReadOnlySpan<float> from, float scale = 1)
    {
        var targets = MemoryMarshal.Cast<float, Vector<float>>(to);
        var sources = MemoryMarshal.Cast<float, Vector<float>>(from);
        for (var i = 0; i < targets.Length; i++)
            targets[i] += sources[i] * scale;
        for (var x = targets.Length * Vector<float>.Count; x < to.Length; x++)
            to[x] += from[x] * scale;
    }
}
