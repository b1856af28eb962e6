using System.Runtime.InteropServices;
using OpenCvSharp;
using Siaga.Primitives;

namespace Siaga.Video.OpenCv;

/// <summary>Turns a source's pictures into what a model wants.</summary>
internal sealed class OpenCvReader(IFrameSource source) : IVideoReader
{
    private const double GuessedRate = 25;

    private readonly Mat _frame = new();
    private readonly Mat _kept = new();
    private readonly Mat _difference = new();
    private readonly Mat _resized = new();
    private readonly Mat _coloured = new();
    private long _grabbed;
    private double _firstStamp;
    private double _lastSeconds;

    public double NominalFramesPerSecond { get; } = source.FramesPerSecond is > 0 and < 1000 and var rate ? rate : GuessedRate;

    public int HeaderFrames { get; } = source.HeaderFrames is > 0 and < int.MaxValue and var frames ? frames : 0;

    public VideoForm? Form => source.Form;

    public (int Width, int Height) FrameSize => source.Size;

    public MediaTime Position => new(_lastSeconds);

    public bool Grab()
    {
        if (!source.Grab())
            return false;

        // Some files have no time stamps, or ones that go back: then the nominal rate counts on.
        var stamped = source.Seconds;
        if (_grabbed == 0)
            _firstStamp = stamped ?? 0;
        else
            _lastSeconds = stamped - _firstStamp is { } since && since > _lastSeconds ? since : _lastSeconds + (1 / NominalFramesPerSecond);
        _grabbed++;
        return true;
    }

    public void Keep() => Convert(_kept);

    public void Retrieve(FrameFormat format, Span<byte> destination)
    {
        Convert(_frame);
        Cv2.Resize(format.Difference ? DifferenceFromKept() : _frame, _resized, new Size(format.Width, format.Height), 0, 0, Interpolation(format.Resize));
        var pixels = _resized;
        if (format.Colour != ColourOrder.Bgr)
        {
            Cv2.CvtColor(_resized, _coloured, format.Colour == ColourOrder.Rgb ? ColorConversionCodes.BGR2RGB : ColorConversionCodes.BGR2GRAY);
            pixels = _coloured;
        }

        var row = format.Width * format.Channels;
        for (var y = 0; y < format.Height; y++)
            MemoryMarshal.CreateReadOnlySpan(ref pixels.At<byte>(y, 0), row).CopyTo(destination[(y * row)..]);
    }

    public void Dispose()
    {
        source.Dispose();
        _frame.Dispose();
        _kept.Dispose();
        _difference.Dispose();
        _resized.Dispose();
        _coloured.Dispose();
    }

    private void Convert(Mat target)
    {
        if (!source.Convert(target))
            throw new VideoException("clip_unreadable", $"Frame {_grabbed} of the clip cannot be converted.");
    }

    private Mat DifferenceFromKept()
    {
        // A stream whose pictures change their size in the middle has nothing to compare at that place.
        Cv2.Absdiff(_frame, _kept.Size() == _frame.Size() ? _kept : _frame, _difference);
        Cv2.GaussianBlur(_difference, _difference, new Size(3, 3), 0);
        return _difference;
    }

    private static InterpolationFlags Interpolation(ResizeMethod method) => method switch
    {
        ResizeMethod.Area => InterpolationFlags.Area,
        ResizeMethod.Nearest => InterpolationFlags.Nearest,
        ResizeMethod.Cubic => InterpolationFlags.Cubic,
        _ => InterpolationFlags.Linear,
    };
}
