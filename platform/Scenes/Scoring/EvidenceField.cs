using System.Numerics;
using Siaga.Scenes.Motion;

namespace Siaga.Scenes.Scoring;

/// <summary>
/// Evidence of something unusual, cell by cell, that moves with what is in the picture: E(x) = a·E(x − shift) + (1 − a)·z(x).
/// Noise does not accumulate; a really unusual thing carries its past along. Not thread-safe.
/// </summary>
internal sealed class EvidenceField(SceneGrid grid)
{
    /// <summary>Share of the evidence that remains after a tenth of a second.</summary>
    public const double KeptATenth = 0.7;

    private Vector4[] _evidence = new Vector4[grid.Cells];
    private Vector4[] _next = new Vector4[grid.Cells];
    private bool _hasBegun;

    /// <summary>A cell's evidence for speed, size, place and direction.</summary>
    public ReadOnlySpan<Vector4> Evidence => _evidence;

    public void Clear()
    {
        Array.Clear(_evidence);
        _hasBegun = false;
    }

    /// <summary>Adds a frame.</summary>
    /// <returns>
    /// The scores of speed, size, place and direction: each the mean of its three strongest cells, so that no single cell decides.
    /// </returns>
    public Vector4 Next(SceneModel model, CellFrame frame)
    {
        if (frame.IsUpset || frame.Gap <= 0)
            return Strongest();

        // A clip's first motion has no past, so it counts fully.
        var kept = _hasBegun ? (float)Math.Pow(KeptATenth, frame.Gap * 10) : 0;
        _hasBegun = true;
        for (var i = 0; i < _next.Length; i++)
            _next[i] = kept * _evidence[i];
        for (var n = 0; n < frame.Count; n++)
        {
            var cell = frame.Cell[n];
            var past = kept == 0
                ? Vector4.Zero
                : kept * At((cell % grid.Columns) - frame.ShiftX[n], (cell / grid.Columns) - frame.ShiftY[n]);
            _next[cell] = past + ((1 - kept) * model.Judge(frame, n));
        }

        (_evidence, _next) = (_next, _evidence);
        return Strongest();
    }

    /// <summary>The cell where an attribute's evidence is strongest.</summary>
    public int Peak(SceneAttribute attribute)
    {
        var peak = 0;
        for (var i = 1; i < _evidence.Length; i++)
        {
            if (_evidence[i][(int)attribute] > _evidence[peak][(int)attribute])
                peak = i;
        }

        return peak;
    }

    private Vector4 Strongest()
    {
        var first = new Vector4(float.NegativeInfinity);
        var (second, third) = (first, first);
        foreach (var evidence in _evidence)
        {
            var rest = Vector4.Min(first, evidence);
            first = Vector4.Max(first, evidence);
            (second, rest) = (Vector4.Max(second, rest), Vector4.Min(second, rest));
            third = Vector4.Max(third, rest);
        }

        return (first + second + third) / 3;
    }

    /// <summary>Evidence interpolated between cells; beyond the edge, the edge's value.</summary>
    private Vector4 At(float x, float y)
    {
        x = Math.Clamp(x, 0, grid.Columns - 1);
        y = Math.Clamp(y, 0, grid.Rows - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, grid.Columns - 1), Math.Min(top + 1, grid.Rows - 1));
        var (dx, dy) = (x - left, y - top);
        var above = Vector4.Lerp(_evidence[(top * grid.Columns) + left], _evidence[(top * grid.Columns) + right], dx);
        var below = Vector4.Lerp(_evidence[(bottom * grid.Columns) + left], _evidence[(bottom * grid.Columns) + right], dx);
        return Vector4.Lerp(above, below, dy);
    }
}
