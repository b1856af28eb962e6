using System.Runtime.InteropServices;
using OpenCvSharp;
using Siaga.Primitives;

namespace Siaga.Video.OpenCv;

internal sealed class OpenCvReader(VideoCapture capture) : IVideoReader
{
    private const double GuessedRate = 25;

    private readonly Mat _frame = new();
    private readonly Mat _resized = new();
    private readonly Mat _coloured = new();
    private long _grabbed;
    private double _lastSeconds;

    public double NominalFramesPerSecond { get; } = capture.Fps is > 0 and < 1000 ? capture.Fps : GuessedRate;

    public int HeaderFrames { get; } = capture.FrameCount is > 0 and < int.MaxValue ? capture.FrameCount : 0;

    public MediaTime Position => new(_lastSeconds);

    public bool Grab()
    {
        if (!capture.Grab())
            return false;
        var stamped = capture.Get(VideoCaptureProperties.PosMsec) / 1000;

        // Some files have no time stamps, or ones that go back: then the nominal rate counts on.
        _lastSeconds = _grabbed == 0 ? 0 : stamped > _lastSeconds ? stamped : _lastSeconds + (1 / NominalFramesPerSecond);
        _grabbed++;
        return true;
    }

    public void Retrieve(FrameFormat format, Span<byte> destination)
    {
        if (!capture.Retrieve(_frame) || _frame.Empty())
            throw new VideoException("clip_unreadable", $"Frame {_grabbed} of the clip cannot be converted.");
        Cv2.Resize(_frame, _resized, new Size(format.Width, format.Height), 0, 0, Interpolation(format.Resize));
        var source = _resized;
        if (format.Colour != ColourOrder.Bgr)
        {
            Cv2.CvtColor(_resized, _coloured, format.Colour == ColourOrder.Rgb ? ColorConversionCodes.BGR2RGB : ColorConversionCodes.BGR2GRAY);
            source = _coloured;
        }

        var row = format.Width * format.Channels;
        for (var y = 0; y < format.Height; y++)
            MemoryMarshal.CreateReadOnlySpan(ref source.At<byte>(y, 0), row).CopyTo(destination[(y * row)..]);
    }

    public void Dispose()
    {
        capture.Dispose();
        _frame.Dispose();
        _resized.Dispose();
        _coloured.Dispose();
    }

    private static InterpolationFlags Interpolation(ResizeMethod method) => method switch
    {
        ResizeMethod.Area => InterpolationFlags.Area,
        ResizeMethod.Nearest => InterpolationFlags.Nearest,
        ResizeMethod.Cubic => InterpolationFlags.Cubic,
        _ => InterpolationFlags.Linear,
    };
}
