using Siaga.Video;

namespace Siaga.Scenes.Motion;

/// <summary>A clip's frames as the detector uses them: grey, small, some ten a second, by media time. One clip at a time.</summary>
internal sealed class FrameFeed(SceneGrid grid)
{
    /// <summary>Seconds between frames that are looked at, at least: of 12.5, 25, 30, 50 and 60 a second, 10 to 13 remain.</summary>
    private const double LeastGap = 0.075;

    // Seconds. A picture that repeats the one before is a filler of the frame rate; for longer, time has really stood still.
    private const double LongestRepeat = 0.5;

    private readonly FrameFormat _format = new(grid.Width, grid.Height, ResizeMethod.Area, ColourOrder.Gray);
    private byte[] _gray = new byte[grid.Pixels];
    private byte[] _last = new byte[grid.Pixels];
    private double? _taken;

    /// <summary>Of the newest frame, from 0; -1 before the first.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>Media time of the newest frame.</summary>
    public double Seconds { get; private set; }

    /// <summary>The last picture taken.</summary>
    public ReadOnlySpan<byte> Gray => _last;

    /// <summary>Takes the clip's next frame.</summary>
    /// <returns>True: <see cref="Gray"/> is this frame now. False: it follows too soon, or repeats the one before.</returns>
    public bool Take(IVideoFrame frame)
    {
        Index++;
        Seconds = frame.Position.Seconds;
        if (Seconds - _taken < LeastGap)
            return false;
        frame.Retrieve(_format, _gray);
        if (Seconds - _taken < LongestRepeat && _gray.AsSpan().SequenceEqual(_last))
            return false;
        (_gray, _last) = (_last, _gray);
        _taken = Seconds;
        return true;
    }
}
