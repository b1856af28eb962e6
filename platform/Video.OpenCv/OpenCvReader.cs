using System.Runtime.InteropServices;
using OpenCvSharp;
using Siaga.Primitives;

namespace Siaga.Video.OpenCv;

/// <summary>Converts a source's pictures to the format that a model needs.</summary>
internal sealed class OpenCvReader(IFrameSource source) : IVideoReader
{
    private const double GuessedRate = 25;

    private readonly Mat _frame = new();
    private readonly Mat _earlier = new();
    private readonly Mat _difference = new();
    private readonly Mat _resized = new();
    private readonly Mat _coloured = new();

    // Several detectors may need the same frame in different sizes; it is converted once.
    private bool _isConverted;
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
        _isConverted = false;

        // Some files have no time stamps, or some that go back; then the nominal frame rate is used.
        var stamped = source.Seconds;
        if (_grabbed == 0)
            _firstStamp = stamped ?? 0;
        else
            _lastSeconds = stamped - _firstStamp is { } since && since > _lastSeconds ? since : _lastSeconds + (1 / NominalFramesPerSecond);
        _grabbed++;
        return true;
    }

    public IHeldFrame Hold() => new Held(this, source.Hold(), Position);

    public void Retrieve(FrameFormat format, Span<byte> destination) => Retrieve(Current(), format, destination);

    public void RetrieveDifference(IHeldFrame? before, FrameFormat format, Span<byte> destination)
    {
        var frame = Current();
        var earlier = before is Held held && held.Convert(_earlier).Size() == frame.Size() ? _earlier : frame;
        Cv2.Absdiff(frame, earlier, _difference);
        Cv2.GaussianBlur(_difference, _difference, new Size(3, 3), 0);
        Retrieve(_difference, format, destination);
    }

    public void Dispose()
    {
        source.Dispose();
        _frame.Dispose();
        _earlier.Dispose();
        _difference.Dispose();
        _resized.Dispose();
        _coloured.Dispose();
    }

    private Mat Current()
    {
        if (!_isConverted && !source.Convert(_frame))
            throw Unconvertible(_grabbed);
        _isConverted = true;
        return _frame;
    }

    private static VideoException Unconvertible(long number) => new("clip_unreadable", $"Frame {number} of the clip cannot be converted.");

    private void Retrieve(Mat frame, FrameFormat format, Span<byte> destination)
    {
        Cv2.Resize(frame, _resized, new Size(format.Width, format.Height), 0, 0, Interpolation(format.Resize));
        var pixels = _resized;
        if (format.Colour != ColourOrder.Bgr)
        {
            Cv2.CvtColor(
                _resized, _coloured,
                format.Colour == ColourOrder.Rgb ? ColorConversionCodes.BGR2RGB : ColorConversionCodes.BGR2GRAY);
            pixels = _coloured;
        }

        var row = format.Width * format.Channels;
        for (var y = 0; y < format.Height; y++)
            MemoryMarshal.CreateReadOnlySpan(ref pixels.At<byte>(y, 0), row).CopyTo(destination[(y * row)..]);
    }

    private static InterpolationFlags Interpolation(ResizeMethod method) => method switch
    {
        ResizeMethod.Area => InterpolationFlags.Area,
        ResizeMethod.Nearest => InterpolationFlags.Nearest,
        ResizeMethod.Cubic => InterpolationFlags.Cubic,
        _ => InterpolationFlags.Linear,
    };

    private sealed class Held(OpenCvReader reader, IHeldPicture picture, MediaTime position) : IHeldFrame
    {
        private readonly long _number = reader._grabbed;

        public (int Width, int Height) FrameSize => picture.Size;

        public MediaTime Position => position;

        public void Retrieve(FrameFormat format, Span<byte> destination)
        {
            using var converted = new Mat();
            reader.Retrieve(Convert(converted), format, destination);
        }

        public Mat Convert(Mat target) => picture.Convert(target) ? target : throw Unconvertible(_number);

        public void Dispose() => picture.Dispose();
    }
}
