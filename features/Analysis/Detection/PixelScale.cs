namespace Siaga.Analysis.Detection;

/// <summary>Scales pixel values of 0 to 255 to a model's input.</summary>
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

    /// <summary>True when all frames of one input are scaled together to mean 0 and standard deviation 1.</summary>
    public bool Standardises { get; }

    public void Apply(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        var table = _table.AsSpan();
        for (var i = 0; i < pixels.Length; i++)
            values[i] = table[pixels[i]];
    }

    /// <summary>Scales to mean 0 and standard deviation 1; a picture without contrast becomes 0 instead of NaN.</summary>
    public static void Standardise(Span<float> values)
    {
        // Sums are in double: a clip has about ten million values, too many for the precision of a float.
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
