using Siaga.Video;

namespace Siaga.Analysis.Detection;

/// <summary>The newest T wanted frames, as bytes; the oldest gives way to the newest.</summary>
internal sealed class FrameWindow(int frames, FrameFormat format)
{
    private readonly byte[] _pixels = new byte[frames * format.Length];
    private readonly double[] _seconds = new double[frames];
    private int _next;

    /// <summary>How many frames are held, at most T.</summary>
    public int Filled { get; private set; }

    /// <summary>Where the oldest held frame begins in the clip, seconds.</summary>
    public double FromS => _seconds[Filled < frames ? 0 : _next];

    /// <summary>Where the newest held frame begins in the clip, seconds.</summary>
    public double LastS => _seconds[(_next + frames - 1) % frames];

    /// <summary>Room for the next frame, at this place of the clip.</summary>
    public Span<byte> Add(double seconds)
    {
        var slot = _next;
        _seconds[slot] = seconds;
        _next = (_next + 1) % frames;
        Filled = Math.Min(Filled + 1, frames);
        return _pixels.AsSpan(slot * format.Length, format.Length);
    }

    /// <summary>The frames, oldest first, as the model wants their numbers. A missing one repeats the newest, or is black.</summary>
    /// <param name="scale">What becomes of the values 0 to 255.</param>
    /// <param name="repeatLast">Else black before scaling, that is 0 after it.</param>
    public float[] ToValues(PixelScale scale, bool repeatLast)
    {
        var values = new float[frames * format.Length];
        for (var i = 0; i < frames; i++)
        {
            var target = values.AsSpan(i * format.Length, format.Length);
            if (i < Filled)
                scale.Apply(Frame(i), target);
            else if (repeatLast)
                values.AsSpan((Filled - 1) * format.Length, format.Length).CopyTo(target);
        }

        if (scale.Standardises)
            PixelScale.Standardise(values);
        return values;
    }

    private ReadOnlySpan<byte> Frame(int index) =>
        _pixels.AsSpan(((Filled < frames ? 0 : _next) + index) % frames * format.Length, format.Length);
}
