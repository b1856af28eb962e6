using OpenCvSharp;

namespace Siaga.Video.OpenCv;

/// <summary>Decodes with OpenCV and the FFmpeg inside it, one thread a clip: clips side by side use the cores.</summary>
public sealed class OpenCvDecoder : IVideoDecoder
{
    // CAP_PROP_N_THREADS; the binding has no name for it.
    private const int ThreadsProperty = 70;

    static OpenCvDecoder()
    {
        // Damaged clips are an expected outcome with an answer of their own; the libraries' lines on standard error are not.
        Environment.SetEnvironmentVariable("OPENCV_LOG_LEVEL", "OFF");
        Environment.SetEnvironmentVariable("OPENCV_FFMPEG_LOGLEVEL", "-8");
    }

    public IVideoReader Open(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new VideoException("clip_not_found", "There is no such file.");
        if (file.Length == 0)
            throw new VideoException("clip_empty", "The clip is empty.");
        var capture = new VideoCapture(path, VideoCaptureAPIs.FFMPEG, [ThreadsProperty, 1]);
        if (capture.IsOpened())
            return new OpenCvReader(capture);
        capture.Dispose();
        throw new VideoException("clip_unreadable", "The file is not a video that can be decoded; it may be cut short or something else.");
    }
}
