using OpenCvSharp;

namespace Siaga.Video.OpenCv;

/// <summary>
/// OpenCV's own capture with the FFmpeg of its package: runs everywhere, but is built without the processor's vector instructions.
/// </summary>
internal sealed class BundledSource : IFrameSource
{
    // CAP_PROP_N_THREADS, for which the binding has no name.
    private const int ThreadsProperty = 70;

    private readonly VideoCapture _capture;

    public BundledSource(string path)
    {
        _capture = new VideoCapture(path, VideoCaptureAPIs.FFMPEG, [ThreadsProperty, 1]);
        if (_capture.IsOpened())
            return;
        _capture.Dispose();
        throw OpenCvDecoder.Unreadable();
    }

    public double FramesPerSecond => _capture.Fps;

    public int HeaderFrames => _capture.FrameCount;

    /// <summary>Only the codec, by its four letters; OpenCV gives nothing else.</summary>
    public VideoForm? Form => _capture.FourCC?.Trim('\0', ' ').ToLowerInvariant() switch
    {
        null or "" => null,
        "h264" or "avc1" or "x264" => new VideoForm("h264", null, null),
        "hevc" or "hev1" or "hvc1" or "h265" => new VideoForm("hevc", null, null),
        "mp4v" or "fmp4" or "xvid" or "divx" => new VideoForm("mpeg4", null, null),
        var letters => new VideoForm(letters, null, null),
    };

    public (int Width, int Height) Size => (_capture.FrameWidth, _capture.FrameHeight);

    public double? Seconds => _capture.Get(VideoCaptureProperties.PosMsec) / 1000;

    public bool Grab() => _capture.Grab();

    public bool Convert(Mat target) => _capture.Retrieve(target) && !target.Empty();

    public IHeldPicture Hold()
    {
        // The capture returns pictures as BGR only.
        var copy = new Mat();
        return new Held(copy, Convert(copy));
    }

    public void Dispose() => _capture.Dispose();

    private sealed class Held(Mat copy, bool converted) : IHeldPicture
    {
        public (int Width, int Height) Size => (copy.Width, copy.Height);

        public bool Convert(Mat target)
        {
            copy.CopyTo(target);
            return converted;
        }

        public void Dispose() => copy.Dispose();
    }
}
