namespace Siaga.Scenes.Motion;

/// <summary>Sums over windows of cells, mirrored at the picture's edges. Not safe for several threads.</summary>
internal sealed class CellWindow(SceneGrid grid)
{
    private readonly float[] _rows = new float[grid.Cells];

    /// <param name="plane">A value a cell; receives the sums.</param>
    /// <param name="radius">Cells to each side.</param>
    /// <param name="scale">Multiplies each sum.</param>
    public void Sum(Span<float> plane, int radius, float scale)
    {
        var (columns, rows) = (grid.Columns, grid.Rows);
        for (var y = 0; y < rows; y++)
        {
            var from = plane.Slice(y * columns, columns);
            var to = _rows.AsSpan(y * columns, columns);
            for (var x = 0; x < columns; x++)
            {
                var sum = 0f;
                if (x >= radius && x < columns - radius)
                {
                    foreach (var value in from.Slice(x - radius, (2 * radius) + 1))
                        sum += value;
                }
                else
                {
                    for (var k = -radius; k <= radius; k++)
                        sum += from[Mirror(x + k, columns)];
                }

                to[x] = sum;
            }
        }

        for (var y = 0; y < rows; y++)
        {
            var to = plane.Slice(y * columns, columns);
            to.Clear();
            for (var k = -radius; k <= radius; k++)
            {
                var from = _rows.AsSpan(Mirror(y + k, rows) * columns, columns);
                for (var x = 0; x < columns; x++)
                    to[x] += from[x] * scale;
            }
        }
    }

    private static int Mirror(int i, int length) =>
        Math.Clamp(i < 0 ? -i : i >= length ? (2 * length) - 2 - i : i, 0, length - 1);
}
