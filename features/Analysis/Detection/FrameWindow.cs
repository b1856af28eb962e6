using Siaga.Video;

namespace Siaga.Analysis.Detection;

/// <summary>The newest T selected frames, as bytes; a new frame replaces the oldest.</summary>
internal sealed class FrameWindow(int frames, FrameFormat format)
{
    private readonly byte[] _pixels = new byte[frames * format.Length];
    private readonly double[] _seconds = new double[frames];
    private int _next;

    /// <summary>The form of each frame.</summary>
    public FrameFormat Format => format;

    /// <summary>Number of held frames, at most T.</summary>
    public int Filled { get; private set; }

    /// <summary>Start of the oldest held frame, in seconds from the clip's first frame.</summary>
    public double FromS => _seconds[Filled < frames ? 0 : _next];

    /// <summary>Start of the newest held frame, in seconds from the clip's first frame.</summary>
    public double LastS => _seconds[(_next + frames - 1) % frames];

    /// <summary>Returns the buffer for the next frame, which starts at this position.</summary>
    public Span<byte> Add(double seconds)
    {
        var slot = _next;
        _seconds[slot] = seconds;
        _next = (_next + 1) % frames;
        Filled = Math.Min(Filled + 1, frames);
        return _pixels.AsSpan(slot * format.Length, format.Length);
    }

    /// <summary>Writes the model's input, oldest frame first. Missing frames repeat the newest, or are black.</summary>
    /// <param name="scale">Scales the values 0 to 255.</param>
    /// <param name="repeatLast">False: missing frames are black before scaling, which means 0 after it.</param>
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
