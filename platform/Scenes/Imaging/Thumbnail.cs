namespace Siaga.Scenes.Imaging;

/// <summary>
/// A small picture of the scene's state, without its mean brightness and contrast, because those depend on the light.
/// </summary>
internal static class Thumbnail
{
    public const int Width = 32;
    public const int Height = 16;
    public const int Length = Width * Height;

    /// <summary>Steps of a byte for one standard deviation of the picture.</summary>
    private const float StepsPerDeviation = 32;

    // Grey levels. Keeps the noise of an almost flat picture from being amplified.
    private const float LeastDeviation = 3;

    /// <param name="gray">Row-major; a picture smaller than the thumbnail is enlarged by repeating pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="destination">Receives <see cref="Length"/> bytes; 128 is the picture's mean.</param>
    public static void Make(ReadOnlySpan<byte> gray, int width, int height, Span<byte> destination)
    {
        Span<float> means = stackalloc float[Length];
        var (sum, squares) = (0f, 0f);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var mean = Mean(gray, width, Range(x, Width, width), Range(y, Height, height));
                means[(y * Width) + x] = mean;
                sum += mean;
                squares += mean * mean;
            }
        }

        var centre = sum / Length;
        var scale = StepsPerDeviation / Math.Max(MathF.Sqrt(Math.Max((squares / Length) - (centre * centre), 0)), LeastDeviation);
        for (var i = 0; i < Length; i++)
            destination[i] = (byte)Math.Clamp(128 + ((means[i] - centre) * scale), 0, 255);
    }

    private static (int From, int To) Range(int i, int parts, int pixels)
    {
        var from = Math.Min(i * pixels / parts, pixels - 1);
        return (from, Math.Max((i + 1) * pixels / parts, from + 1));
    }

    private static float Mean(ReadOnlySpan<byte> gray, int width, (int From, int To) columns, (int From, int To) rows)
    {
        var sum = 0;
        for (var y = rows.From; y < rows.To; y++)
        {
            foreach (var value in gray.Slice((y * width) + columns.From, columns.To - columns.From))
                sum += value;
        }

        return (float)sum / ((columns.To - columns.From) * (rows.To - rows.From));
    }
}
