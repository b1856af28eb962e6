namespace Siaga.Scenes.Scoring;

/// <summary>Boxes around connected places.</summary>
internal static class Region
{
    /// <summary>
    /// The smallest box around all places at or above a limit that connect to a given one; at most a quarter of the picture's width and
    /// half its height, or three places.
    /// </summary>
    public static (int X, int Y, int Width, int Height) Around(int start, int columns, int rows, ReadOnlySpan<int> values, int limit)
    {
        var (left, right, top, bottom) = (start % columns, start % columns, start / columns, start / columns);
        var (widest, highest) = (Math.Max(columns / 4, 3), Math.Max(rows / 2, 3));

        // The box grows by a row or column while that contains something. This needs no list of places, and the things are compact.
        for (var grown = true; grown;)
        {
            grown = false;
            if (left > 0 && right - left + 1 < widest && Holds(left - 1, left - 1, top, bottom, columns, values, limit))
                (left, grown) = (left - 1, true);
            if (right < columns - 1 && right - left + 1 < widest && Holds(right + 1, right + 1, top, bottom, columns, values, limit))
                (right, grown) = (right + 1, true);
            if (top > 0 && bottom - top + 1 < highest && Holds(left, right, top - 1, top - 1, columns, values, limit))
                (top, grown) = (top - 1, true);
            if (bottom < rows - 1 && bottom - top + 1 < highest && Holds(left, right, bottom + 1, bottom + 1, columns, values, limit))
                (bottom, grown) = (bottom + 1, true);
        }

        return (left, top, right - left + 1, bottom - top + 1);
    }

    private static bool Holds(int left, int right, int top, int bottom, int columns, ReadOnlySpan<int> values, int limit)
    {
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                if (values[(y * columns) + x] >= limit)
                    return true;
            }
        }

        return false;
    }
}
