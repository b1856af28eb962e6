namespace Siaga.Scenes.Motion;

/// <summary>
/// Detects that a camera was moved: the outlines in its picture no longer match those of its background. Light changes the strength of
/// outlines, not their place; people cover only some of them. Not thread-safe.
/// </summary>
internal sealed class CameraPose
{
    // Side in pixels of the blocks that are averaged, so that a swaying pole is not a move.
    private const int Block = 4;

    // Correlation of outlines: 0.8 and more for the same view, about 0 for a different one.
    private const double SameView = 0.4;

    // Mean outline in grey levels. Below it is fog, night or a lens cap, of which nothing can be said.
    private const double LeastOutline = 0.5;

    // Weight of the newest picture in the running average, which spans about two seconds.
    private const float Newest = 0.1f;

    private readonly int _columns;
    private readonly int _rows;
    private readonly float[] _before;
    private readonly float[] _now;
    private bool _hasSeen;

    public CameraPose(SceneGrid grid, ReadOnlySpan<byte> background)
    {
        (_columns, _rows) = (grid.Width / Block, grid.Height / Block);
        (_before, _now) = (new float[_columns * _rows], new float[_columns * _rows]);
        Average(background, _before, 1);
    }

    public void See(ReadOnlySpan<byte> gray)
    {
        Average(gray, _now, _hasSeen ? Newest : 1);
        _hasSeen = true;
    }

    /// <summary>Whether the recent pictures show a different view than the background.</summary>
    public bool HasMoved()
    {
        if (!_hasSeen)
            return false;
        var (before, now) = (Outlines(_before), Outlines(_now));
        var (meanBefore, meanNow) = (before.Average(), now.Average());
        if (meanBefore < LeastOutline || meanNow < LeastOutline)
            return false;
        var (product, squaresBefore, squaresNow) = (0.0, 0.0, 0.0);
        for (var i = 0; i < before.Length; i++)
        {
            var (b, n) = (before[i] - meanBefore, now[i] - meanNow);
            product += b * n;
            squaresBefore += b * b;
            squaresNow += n * n;
        }

        return product < SameView * Math.Sqrt(squaresBefore * squaresNow);
    }

    private void Average(ReadOnlySpan<byte> gray, float[] means, float share)
    {
        var width = _columns * Block;
        for (var y = 0; y < _rows; y++)
        {
            for (var x = 0; x < _columns; x++)
            {
                var sum = 0;
                for (var row = 0; row < Block; row++)
                {
                    foreach (var value in gray.Slice((((y * Block) + row) * width) + (x * Block), Block))
                        sum += value;
                }

                ref var mean = ref means[(y * _columns) + x];
                mean += share * ((sum / (float)(Block * Block)) - mean);
            }
        }
    }

    private float[] Outlines(float[] means)
    {
        var outlines = new float[(_columns - 1) * (_rows - 1)];
        for (var y = 0; y < _rows - 1; y++)
        {
            for (var x = 0; x < _columns - 1; x++)
            {
                var i = (y * _columns) + x;
                outlines[(y * (_columns - 1)) + x] = Math.Abs(means[i + 1] - means[i]) + Math.Abs(means[i + _columns] - means[i]);
            }
        }

        return outlines;
    }
}
