using System.Numerics;

namespace Siaga.Scenes.Motion;

/// <summary>Extracts what the cells of a clip's frames show. One clip after another; not thread-safe.</summary>
internal sealed class MotionExtractor(SceneGrid grid, IPointTracker tracker)
{
    /// <summary>Seconds. After a longer gap a walker has left the search window of the optical flow.</summary>
    public const double LongestGap = 0.5;

    /// <summary>A cell is active when its surroundings contain this share of the possible points.</summary>
    private const float ActiveDensity = 0.15f;

    // Pixels between points.
    private const int Step = 4;
    private const int PointsPerCell = SceneGrid.CellSize / Step * (SceneGrid.CellSize / Step);

    // Pixels. Shorter displacements have no reliable direction.
    private const float HasDirection = 0.35f;

    // A change of the light's gain from one frame to the next that counts as a switch of the light.
    private const double Relit = 0.1;

    // Planes of sums: points, speed, shift to the right, shift down, then the octants.
    private const int Planes = 4 + CellFrame.Directions;

    private readonly Vector2[] _points = new Vector2[grid.Pixels / (Step * Step)];
    private readonly Vector2[] _before = new Vector2[grid.Pixels / (Step * Step)];
    private readonly bool[] _found = new bool[grid.Pixels / (Step * Step)];
    private readonly float[] _sums = new float[Planes * grid.Cells];
    private readonly float[] _share = new float[grid.Cells];
    private readonly CellWindow _window = new(grid);
    private double? _seconds;
    private bool _wasUpset;

    public Background Background { get; } = new(grid);

    /// <summary>Call before a clip's first frame: it has no motion relative to the last one.</summary>
    public void Cut() => (_seconds, _wasUpset) = (null, false);

    /// <param name="gray">The picture, of the grid's size.</param>
    /// <param name="seconds">Media time. Going back is a cut.</param>
    /// <param name="frame">Receives what the picture shows.</param>
    public void Next(ReadOnlySpan<byte> gray, double seconds, CellFrame frame)
    {
        var gap = seconds - _seconds is { } since and > 0 ? since : 0;
        _seconds = seconds;
        frame.Clear();
        frame.Gap = Math.Min(gap, LongestGap);
        tracker.Push(gray, grid.Width, grid.Height);
        var gain = Background.Gain;
        frame.IsUpset = !Background.Next(gray, gap > 0 ? Math.Min(gap, LongestGap) * 10 : 1);
        frame.IsRelit = Math.Abs(Background.Gain - gain) > Relit * gain;

        // In a torn picture, or under different light, no point can be found again.
        var isComparable = !_wasUpset && !frame.IsRelit;
        _wasUpset = frame.IsUpset;
        if (frame.IsUpset || gap <= 0)
            return;
        frame.HasMotion = gap <= LongestGap && isComparable;
        Array.Clear(_sums);
        Measure(ForegroundPoints(), frame.HasMotion, (float)(0.1 / gap));
        for (var p = 0; p < Planes; p++)
            _window.Sum(_sums.AsSpan(p * grid.Cells, grid.Cells), 1, 1f / (PointsPerCell * 9));
        Shares();
        _window.Sum(_share, 3, 1f / 49);
        Gather(frame);
    }

    private int ForegroundPoints()
    {
        var count = 0;
        for (var y = Step / 2; y < grid.Height; y += Step)
        {
            for (var x = Step / 2; x < grid.Width; x += Step)
            {
                if (Background.Mask[(y * grid.Width) + x] != 0)
                    _points[count++] = new Vector2(x, y);
            }
        }

        return count;
    }

    private void Measure(int count, bool motion, float perTenth)
    {
        if (motion)
            tracker.Track(_points.AsSpan(0, count), _before.AsSpan(0, count), _found.AsSpan(0, count));
        var cells = grid.Cells;
        for (var i = 0; i < count; i++)
        {
            var cell = ((int)_points[i].Y / SceneGrid.CellSize * grid.Columns) + ((int)_points[i].X / SceneGrid.CellSize);
            if (!motion)
            {
                _sums[cell]++;
                continue;
            }

            var shift = _points[i] - _before[i];
            if (!_found[i] || !IsCredible(_before[i], shift))
                continue;
            var length = shift.Length();
            _sums[cell]++;
            _sums[cells + cell] += length * perTenth;
            _sums[(2 * cells) + cell] += shift.X;
            _sums[(3 * cells) + cell] += shift.Y;
            if (length > HasDirection)
                _sums[((4 + Octant(shift)) * cells) + cell]++;
        }
    }

    /// <summary>
    /// A point that seems to have crossed an eighth of the picture was matched wrongly, and what enters the picture was not in the one
    /// before. Written so that NaN fails too.
    /// </summary>
    private bool IsCredible(Vector2 before, Vector2 shift) =>
        Math.Max(Math.Abs(shift.X), Math.Abs(shift.Y)) < grid.Width / 8f
        && before.X >= 0 && before.Y >= 0 && before.X < grid.Width && before.Y < grid.Height;

    private static int Octant(Vector2 shift) =>
        (int)MathF.Floor((MathF.Atan2(shift.Y, shift.X) + (MathF.PI / 8)) / (MathF.PI / 4)) & (CellFrame.Directions - 1);

    /// <summary>The foreground's share of every cell.</summary>
    private void Shares()
    {
        Array.Clear(_share);
        for (var y = 0; y < grid.Height; y++)
        {
            var row = Background.Mask.AsSpan(y * grid.Width, grid.Width);
            var shares = _share.AsSpan(y / SceneGrid.CellSize * grid.Columns, grid.Columns);
            for (var c = 0; c < shares.Length; c++)
            {
                // One multiplication sums eight bytes of ones and zeros.
                var eight = BitConverter.ToUInt64(row.Slice(c * SceneGrid.CellSize, SceneGrid.CellSize));
                shares[c] += ((eight * 0x0101010101010101) >> 56) / (float)(SceneGrid.CellSize * SceneGrid.CellSize);
            }
        }
    }

    private void Gather(CellFrame frame)
    {
        var cells = grid.Cells;
        for (var cell = 0; cell < cells; cell++)
        {
            var density = _sums[cell];
            if (density <= ActiveDensity)
                continue;
            var n = frame.Count++;
            var scale = 1 / (density + 0.05f);
            frame.Cell[n] = cell;
            frame.Size[n] = _share[cell];
            frame.LogSpeed[n] = MathF.Log((_sums[cells + cell] * scale) + 0.05f);
            frame.ShiftX[n] = _sums[(2 * cells) + cell] * scale / SceneGrid.CellSize;
            frame.ShiftY[n] = _sums[(3 * cells) + cell] * scale / SceneGrid.CellSize;
            for (var d = 0; d < CellFrame.Directions; d++)
                frame.Octants[(n * CellFrame.Directions) + d] = _sums[((4 + d) * cells) + cell];
        }
    }
}
