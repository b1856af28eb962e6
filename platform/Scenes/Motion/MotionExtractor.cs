using System.Numerics;

namespace Siaga.Scenes.Motion;

/// <summary>Turns frames into what their cells show. One camera or clip after another; not safe for several threads.</summary>
internal sealed class MotionExtractor(SceneGrid grid, IPointTracker tracker)
{
    public const int PointStep = 4;
    private const int PointsPerCell = (SceneGrid.CellSize / PointStep) * (SceneGrid.CellSize / PointStep);
    private const int Planes = 4 + CellFrame.Directions;
    private const float MovingPixels = 0.35f;

    private readonly Background _background = new(grid);
    private readonly Vector2[] _points = new Vector2[grid.Pixels / (PointStep * PointStep)];
    private readonly Vector2[] _before = new Vector2[grid.Pixels / (PointStep * PointStep)];
    private readonly bool[] _found = new bool[grid.Pixels / (PointStep * PointStep)];
    private readonly float[] _sums = new float[Planes * grid.Cells];
    private readonly float[] _scratch = new float[grid.Cells];
    private readonly float[] _share = new float[grid.Cells];
    private double _seconds = -1;

    public Background Background => _background;
    public long Points { get; private set; }

    public void Reset() => _seconds = -1;

    public void Next(ReadOnlySpan<byte> gray, double seconds, CellFrame frame)
    {
        var tenths = _seconds < 0 ? 1 : (seconds - _seconds) * 10;
        var first = _seconds < 0;
        _seconds = seconds;
        frame.Seconds = seconds;
        tracker.Push(gray, grid.Width, grid.Height);
        _background.Next(gray, tenths);
        Array.Clear(_sums);
        if (!first)
            Track((float)(1 / tenths));
        for (var p = 0; p < Planes; p++)
            Box(_sums.AsSpan(p * grid.Cells, grid.Cells), 1, 1f / (PointsPerCell * 9));
        Shares();
        Box(_share, 3, 1f / 49);
        _share.CopyTo(frame.Size, 0);
        var c = grid.Cells;
        for (var i = 0; i < c; i++)
        {
            frame.Density[i] = _sums[i];
            var f = 1 / (_sums[i] + 0.05f);
            frame.Speed[i] = _sums[c + i] * f;
            frame.ShiftX[i] = _sums[(2 * c) + i] * f;
            frame.ShiftY[i] = _sums[(3 * c) + i] * f;
        }

        Array.Copy(_sums, 4 * c, frame.Octants, 0, CellFrame.Directions * c);
    }

    private void Track(float perTenth)
    {
        var n = 0;
        for (var y = PointStep / 2; y < grid.Height; y += PointStep)
        {
            for (var x = PointStep / 2; x < grid.Width; x += PointStep)
            {
                if (_background.Mask[(y * grid.Width) + x] != 0)
                    _points[n++] = new Vector2(x, y);
            }
        }

        Points += n;
        tracker.Track(_points.AsSpan(0, n), _before.AsSpan(0, n), _found.AsSpan(0, n));
        var c = grid.Cells;
        for (var i = 0; i < n; i++)
        {
            var shift = _points[i] - _before[i];
            if (!_found[i] || !(Math.Max(Math.Abs(shift.X), Math.Abs(shift.Y)) < grid.Width / 8f))
                continue;
            var cell = ((int)_points[i].Y / SceneGrid.CellSize * grid.Columns) + ((int)_points[i].X / SceneGrid.CellSize);
            var length = shift.Length();
            _sums[cell] += 1;
            _sums[c + cell] += length * perTenth;
            _sums[(2 * c) + cell] += shift.X;
            _sums[(3 * c) + cell] += shift.Y;
            if (length > MovingPixels)
            {
                var octant = (int)MathF.Floor((MathF.Atan2(shift.Y, shift.X) + (MathF.PI / 8)) / (MathF.PI / 4)) & 7;
                _sums[((4 + octant) * c) + cell] += 1;
            }
        }
    }

    private void Shares()
    {
        Array.Clear(_share);
        for (var y = 0; y < grid.Height; y++)
        {
            for (var cx = 0; cx < grid.Columns; cx++)
            {
                var sum = 0;
                var row = _background.Mask.AsSpan((y * grid.Width) + (cx * SceneGrid.CellSize), SceneGrid.CellSize);
                foreach (var m in row)
                    sum += m;
                _share[(y / SceneGrid.CellSize * grid.Columns) + cx] += sum;
            }
        }

        for (var i = 0; i < _share.Length; i++)
            _share[i] /= SceneGrid.CellSize * SceneGrid.CellSize;
    }

    private void Box(Span<float> plane, int radius, float scale)
    {
        var (w, h) = (grid.Columns, grid.Rows);
        for (var y = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++)
            {
                var sum = 0f;
                for (var k = -radius; k <= radius; k++)
                    sum += plane[(y * w) + Mirror(x + k, w)];
                _scratch[(y * w) + x] = sum;
            }
        }

        for (var y = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++)
            {
                var sum = 0f;
                for (var k = -radius; k <= radius; k++)
                    sum += _scratch[(Mirror(y + k, h) * w) + x];
                plane[(y * w) + x] = sum * scale;
            }
        }
    }

    private static int Mirror(int i, int n) => i < 0 ? Math.Min(-i, n - 1) : i >= n ? Math.Max((2 * n) - 2 - i, 0) : i;
}
