using System.Numerics;
using System.Runtime.InteropServices;
using Siaga.Scenes.Imaging;

namespace Siaga.Scenes.Motion;

/// <summary>A running picture of the empty scene; finds what differs from it. Not thread-safe.</summary>
internal sealed class Background(SceneGrid grid)
{
    /// <summary>
    /// Foreground differs by at least this many times the median difference. For Gaussian noise that is eight standard deviations; the
    /// noise of compressed pictures has long tails, and a person differs by 30 to 100 grey levels.
    /// </summary>
    private const float TimesNoise = 12;

    // Grey levels. Below 8 are the steps of coarse quantisers, above 30 the contrast of ordinary clothes.
    private const float LowestThreshold = 8;
    private const float HighestThreshold = 30;

    // Shares of the new picture that enter the background in a tenth of a second: background adapts in about 5 s, foreground in about 50 s.
    private const double Absorbs = 0.02;
    private const double AbsorbsForeground = 0.002;

    /// <summary>
    /// A share of the picture that no object covers from one frame to the next: the cause was the light, the camera or the decoder.
    /// </summary>
    private const double UpsetJump = 0.25;

    // The correlation with the background below which the view is a different one; and the contrast (grey levels) needed to tell.
    private const double LeastCorrelation = 0.3;
    private const double LeastContrast = 5;

    // Grey levels. A pixel at this value or above is overexposed: its true brightness is unknown.
    private const byte White = 250;

    // A gain closer to 1 than this is ignored, because people in the picture disturb the fit that much. Beyond a factor of five the fit is
    // not believed.
    private const double SameGain = 0.12;
    private const double LargestGain = 5;

    // So many upset frames in a row are a new picture; fewer were torn frames.
    private const int UpsetFrames = 3;

    // Tenths of a second after a restart in which the background adapts fast: cameras take that long to adjust their exposure.
    private const double Settling = 30;
    private const double AbsorbsSettling = 0.15;

    private readonly float[] _picture = new float[grid.Pixels];
    private readonly float[] _difference = new float[grid.Pixels];
    private readonly Gaussian _blur = new(grid.Width, grid.Height, 1);
    private readonly int[] _histogram = new int[1024];
    private bool _started;
    private double _share;
    private double _settling;
    private int _upset;

    /// <summary>Grey levels.</summary>
    public float Threshold { get; private set; } = LowestThreshold * 2;

    // More light amplifies every difference from the background.
    private float ThresholdNow => Threshold * (float)Math.Max(Gain, 1);

    /// <summary>A byte for each pixel: one for foreground, otherwise zero.</summary>
    public byte[] Mask { get; } = new byte[grid.Pixels];

    /// <summary>Median difference of the last picture from the background, in grey levels.</summary>
    public float Noise { get; private set; }

    /// <summary>Contrast of the last picture relative to the background's: 1, unless a switch of the light changed it.</summary>
    public double Gain { get; private set; } = 1;

    /// <param name="noise">Median difference of the camera's pictures from its background, in grey levels.</param>
    public void SetNoise(double noise) => Threshold = Math.Clamp((float)(TimesNoise * noise), LowestThreshold, HighestThreshold);

    /// <summary>Finds the foreground and learns the rest.</summary>
    /// <param name="gray">The picture.</param>
    /// <param name="tenths">Tenths of a second since the last picture.</param>
    /// <returns>False when the picture changed as a whole; then the mask is empty.</returns>
    public bool Next(ReadOnlySpan<byte> gray, double tenths)
    {
        if (!_started)
            Restart(gray);
        var isSameView = Compare(gray);
        var share = Share();
        if (!isSameView || share - _share > UpsetJump)
        {
            Array.Clear(Mask);
            if (++_upset >= UpsetFrames)
                Restart(gray);
            return false;
        }

        (_share, _upset) = (share, 0);
        Absorb(gray, tenths);
        return true;
    }

    /// <summary>Median difference of a picture from the background, in grey levels; changes nothing else.</summary>
    public float MeasureNoise(ReadOnlySpan<byte> gray)
    {
        Compare(gray);
        return Noise;
    }

    public void Start(ReadOnlySpan<byte> picture)
    {
        for (var i = 0; i < picture.Length; i++)
            _picture[i] = picture[i];
        (_started, _share, _settling, _upset) = (true, 0, 0, 0);
    }

    /// <summary>The empty scene, a byte for each pixel.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_picture.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Math.Clamp(_picture[i] + 0.5f, 0, 255);
        return bytes;
    }

    private void Restart(ReadOnlySpan<byte> gray)
    {
        Start(gray);
        _settling = Settling;
    }

    /// <returns>False when this is a different view, or no view.</returns>
    private bool Compare(ReadOnlySpan<byte> gray)
    {
        var isSameView = MeasureGain(gray);
        var gain = (float)Gain;
        Differ(gray, gain, BrightnessOffset(gray, gain));
        _blur.Apply(_difference);
        Noise = MedianDifference();
        return isSameView;
    }

    /// <summary>
    /// Fits the background's contrast to the picture's where there was no foreground before, on every fourth pixel of every fourth row.
    /// </summary>
    /// <param name="gray">The picture.</param>
    /// <param name="overexposed">
    /// Whether white pixels count. They give only a lower bound of the light, so they count only when few others are left.
    /// </param>
    private bool MeasureGain(ReadOnlySpan<byte> gray, bool overexposed = false)
    {
        var white = 0;
        var (count, sumB, sumI, sumBB, sumII, sumBI) = (0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var y = 1; y < grid.Height; y += 4)
        {
            for (var i = (y * grid.Width) + 1; i < (y + 1) * grid.Width; i += 4)
            {
                if (Mask[i] != 0)
                    continue;
                var (b, v) = (_picture[i], gray[i]);
                if (v >= White && !overexposed)
                {
                    white++;
                    continue;
                }

                (count, sumB, sumI) = (count + 1, sumB + b, sumI + v);
                (sumBB, sumII, sumBI) = (sumBB + (b * b), sumII + (v * v), sumBI + (b * v));
            }
        }

        if (white > count)
            return MeasureGain(gray, overexposed: true);
        Gain = 1;
        var (varianceB, varianceI, covariance) = (
            (count * sumBB) - (sumB * sumB), (count * sumII) - (sumI * sumI), (count * sumBI) - (sumB * sumI));
        if (varianceB < LeastContrast * LeastContrast * count * count || count == 0)
            return true;
        if (covariance < LeastCorrelation * Math.Sqrt(varianceB * varianceI) || varianceI <= 0)
            return false;
        var gain = Math.Clamp(covariance / varianceB, 1 / LargestGain, LargestGain);
        Gain = Math.Abs(gain - 1) < SameGain ? 1 : gain;
        return true;
    }

    /// <summary>
    /// The difference of each pixel from the background under this light, in which nothing is brighter than white. The number of pixels in
    /// a grid is a multiple of 64, which fills whole vectors.
    /// </summary>
    private void Differ(ReadOnlySpan<byte> gray, float gain, float offset)
    {
        var pictures = MemoryMarshal.Cast<float, Vector<float>>(_picture.AsSpan());
        var differences = MemoryMarshal.Cast<float, Vector<float>>(_difference.AsSpan());
        var (shift, white) = (new Vector<float>(offset), new Vector<float>(255));
        Span<Vector<float>> four = stackalloc Vector<float>[4];
        var i = 0;
        foreach (var bytes in MemoryMarshal.Cast<byte, Vector<byte>>(gray))
        {
            Widen(bytes, four);
            foreach (var levels in four)
            {
                differences[i] = Vector.Abs(levels - Vector.Min((gain * pictures[i]) + shift, white));
                i++;
            }
        }
    }

    private static void Widen(Vector<byte> bytes, Span<Vector<float>> floats)
    {
        Vector.Widen(bytes, out var low, out var high);
        Vector.Widen(low, out var a, out var b);
        Vector.Widen(high, out var c, out var d);
        floats[0] = Vector.ConvertToSingle(Vector.AsVectorInt32(a));
        floats[1] = Vector.ConvertToSingle(Vector.AsVectorInt32(b));
        floats[2] = Vector.ConvertToSingle(Vector.AsVectorInt32(c));
        floats[3] = Vector.ConvertToSingle(Vector.AsVectorInt32(d));
    }

    /// <summary>Fills the mask.</summary>
    /// <returns>The foreground's share of the picture.</returns>
    private double Share()
    {
        var masks = MemoryMarshal.Cast<byte, Vector<byte>>(Mask.AsSpan());
        var differences = MemoryMarshal.Cast<float, Vector<float>>(_difference.AsSpan());
        var (threshold, count) = (new Vector<float>(ThresholdNow), Vector<int>.Zero);
        for (var (m, i) = (0, 0); m < masks.Length; m++, i += 4)
        {
            // A vector comparison gives -1 in each true lane.
            var (a, b) = (Vector.GreaterThan(differences[i], threshold), Vector.GreaterThan(differences[i + 1], threshold));
            var (c, d) = (Vector.GreaterThan(differences[i + 2], threshold), Vector.GreaterThan(differences[i + 3], threshold));
            count -= a + b + c + d;
            masks[m] = Vector.AsVectorByte(Vector.Narrow(Vector.Narrow(a, b), Vector.Narrow(c, d))) & Vector<byte>.One;
        }

        return (double)Vector.Sum(count) / Mask.Length;
    }

    private void Absorb(ReadOnlySpan<byte> gray, double tenths)
    {
        _settling = Math.Max(_settling - tenths, 0);
        var scene = new Vector<float>(Rate(_settling > 0 ? AbsorbsSettling : Absorbs, tenths));

        // A person who was there at a restart is part of the background. What they uncover is learned as fast as the background at first,
        // then more and more slowly.
        var front = new Vector<float>(Rate(AbsorbsForeground + ((AbsorbsSettling - AbsorbsForeground) * _settling / Settling), tenths));
        var threshold = new Vector<float>(ThresholdNow);
        var pictures = MemoryMarshal.Cast<float, Vector<float>>(_picture.AsSpan());
        var differences = MemoryMarshal.Cast<float, Vector<float>>(_difference.AsSpan());
        Span<Vector<float>> four = stackalloc Vector<float>[4];
        var i = 0;
        foreach (var bytes in MemoryMarshal.Cast<byte, Vector<byte>>(gray))
        {
            Widen(bytes, four);
            foreach (var levels in four)
            {
                var rate = Vector.ConditionalSelect(Vector.GreaterThan(differences[i], threshold), front, scene);
                pictures[i] += rate * (levels - pictures[i]);
                i++;
            }
        }
    }

    private static float Rate(double share, double tenths) => (float)(1 - Math.Pow(1 - share, tenths));

    /// <summary>
    /// The median of the picture minus the brightened background, on every fourth pixel of every fourth row: the light's effect on the
    /// whole picture.
    /// </summary>
    private float BrightnessOffset(ReadOnlySpan<byte> gray, float gain)
    {
        Array.Clear(_histogram);
        var count = 0;
        for (var y = 0; y < grid.Height; y += 4)
        {
            for (var i = y * grid.Width; i < (y + 1) * grid.Width; i += 4, count++)
                _histogram[Math.Clamp((int)((gray[i] - (gain * _picture[i]) + 256) * 2), 0, _histogram.Length - 1)]++;
        }

        return ((MedianBin(count) + 0.5f) / 2) - 256;
    }

    private float MedianDifference()
    {
        Array.Clear(_histogram);
        var count = 0;
        for (var y = 2; y < grid.Height; y += 4)
        {
            for (var i = (y * grid.Width) + 2; i < (y + 1) * grid.Width; i += 4, count++)
                _histogram[Math.Min((int)(_difference[i] * 16), _histogram.Length - 1)]++;
        }

        return (MedianBin(count) + 0.5f) / 16;
    }

    private int MedianBin(int count)
    {
        var bin = 0;
        for (var seen = _histogram[0]; seen <= count / 2; seen += _histogram[bin])
            bin++;
        return bin;
    }
}
