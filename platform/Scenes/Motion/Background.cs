using Siaga.Scenes.Imaging;

namespace Siaga.Scenes.Motion;

/// <summary>A running picture of the empty scene, and what stands out from it. Not safe for several threads.</summary>
internal sealed class Background(SceneGrid grid)
{
    private readonly float[] _picture = new float[grid.Pixels];
    private readonly float[] _difference = new float[grid.Pixels];
    private readonly Gaussian _blur = new(grid.Width, grid.Height, 1);
    private readonly int[] _histogram = new int[1024];
    private bool _started;

    public float Threshold { get; set; } = 18;
    public float[] Difference => _difference;
    public Span<float> Picture => _picture;

    public byte[] Mask { get; } = new byte[grid.Pixels];

    public void Start(ReadOnlySpan<byte> gray)
    {
        for (var i = 0; i < gray.Length; i++)
            _picture[i] = gray[i];
        _started = true;
    }

    public void Start(ReadOnlySpan<float> bg) { bg.CopyTo(_picture); _started = true; }

    public void Next(ReadOnlySpan<byte> gray, double tenths)
    {
        if (!_started)
            Start(gray);
        var offset = BrightnessOffset(gray);
        for (var i = 0; i < gray.Length; i++)
            _difference[i] = Math.Abs(gray[i] - _picture[i] - offset);
        _blur.Apply(_difference);
        var (slow, fast) = ((float)(1 - Math.Pow(1 - 0.002, tenths)), (float)(1 - Math.Pow(1 - 0.02, tenths)));
        for (var i = 0; i < gray.Length; i++)
        {
            var fg = _difference[i] > Threshold;
            Mask[i] = fg ? (byte)1 : (byte)0;
            _picture[i] += (fg ? slow : fast) * (gray[i] - _picture[i]);
        }
    }

    private float BrightnessOffset(ReadOnlySpan<byte> gray)
    {
        Array.Clear(_histogram);
        var n = 0;
        for (var y = 0; y < grid.Height; y += 4)
        {
            for (var x = 0; x < grid.Width; x += 4, n++)
            {
                var i = (y * grid.Width) + x;
                _histogram[(int)((gray[i] - _picture[i] + 256) * 2)]++;
            }
        }

        var (seen, bin) = (0, 0);
        for (; seen + _histogram[bin] <= n / 2; bin++)
            seen += _histogram[bin];
        return ((bin + 0.5f) / 2) - 256;
    }
}
