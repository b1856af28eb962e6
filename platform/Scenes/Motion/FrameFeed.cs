using Siaga.Video;

namespace Siaga.Scenes.Motion;

/// <summary>Prepares a clip's frames for the detector: grey, small, about ten a second by media time. One clip at a time.</summary>
internal sealed class FrameFeed(SceneGrid grid)
{
    /// <summary>Minimum seconds between frames: of 12.5, 25, 30, 50 and 60 frames a second, 10 to 13 remain.</summary>
    private const double LeastGap = 0.075;

    // Seconds. A frame equal to the one before only fills the frame rate; for longer than this, the scene really stood still.
    private const double LongestRepeat = 0.5;

    private readonly FrameFormat _format = new(grid.Width, grid.Height, ResizeMethod.Area, ColourOrder.Gray);
    private byte[] _gray = new byte[grid.Pixels];
    private byte[] _last = new byte[grid.Pixels];
    private double? _taken;

    /// <summary>Index of the newest frame, from 0; -1 before the first.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>Media time of the newest frame, in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>The last frame that was taken.</summary>
    public ReadOnlySpan<byte> Gray => _last;

    /// <summary>Adds the clip's next frame.</summary>
    /// <returns>True when <see cref="Gray"/> is now this frame; false when it follows too soon or repeats the one before.</returns>
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
