namespace Siaga.Analysis.Detection;

/// <summary>What becomes of the pixel values 0 to 255 before a model sees them.</summary>
internal sealed class PixelScale
{
    private readonly float[] _table = new float[256];

    public PixelScale(string scale)
    {
        Standardises = scale == "zscore";
        for (var pixel = 0; pixel < _table.Length; pixel++)
        {
            _table[pixel] = scale switch
            {
                "1/256" => pixel / 256f,
                "1/127.5-1" => (pixel / 127.5f) - 1,
                "none" or "zscore" => pixel,
                _ => pixel / 255f,
            };
        }
    }

    /// <summary>The values are to get mean 0 and deviation 1, all frames of an answer together.</summary>
    public bool Standardises { get; }

    public void Apply(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        var table = _table.AsSpan();
        for (var i = 0; i < pixels.Length; i++)
            values[i] = table[pixels[i]];
    }

    /// <summary>Mean 0, deviation 1; a picture without any contrast becomes 0, not NaN.</summary>
    public static void Standardise(Span<float> values)
    {
        // In double: a clip has some ten million values, too many for a float's sum.
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
            squares += (double)value * value;
        }

        var mean = sum / values.Length;
        var deviation = Math.Sqrt(Math.Max((squares / values.Length) - (mean * mean), 0));
        var divisor = deviation > 1e-6 ? deviation : 1;
        foreach (ref var value in values)
            value = (float)((value - mean) / divisor);
    }
}
