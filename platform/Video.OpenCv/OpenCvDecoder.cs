using Siaga.Video.OpenCv.Ffmpeg;

namespace Siaga.Video.OpenCv;

/// <summary>
/// Decodes clips with one thread each; clips side by side use the cores. When FFmpeg 5 is installed it decodes and OpenCV resizes;
/// otherwise OpenCV's bundled FFmpeg decodes, which is about three times slower on large pictures (it is built without vector instructions)
/// and rounds colours differently, so that a model's scores move by up to two hundredths.
/// </summary>
public sealed class OpenCvDecoder : IVideoDecoder
{
    /// <param name="bundled">Use OpenCV's bundled FFmpeg even when the system's is installed.</param>
    public OpenCvDecoder(bool bundled = false) => UsesSystem = !bundled && FfmpegLibraries.Available;

    /// <summary>Whether the system's FFmpeg decodes.</summary>
    public bool UsesSystem { get; }

    public IVideoReader Open(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new VideoException("clip_not_found", "There is no such file.");
        if (file.Length == 0)
            throw new VideoException("clip_empty", "The clip is empty.");
        PoisonHook.Look(file.FullName);
        return new OpenCvReader(UsesSystem ? new FfmpegSource(file.FullName) : new BundledSource(file.FullName));
    }

    internal static VideoException Unreadable() =>
        new("clip_unreadable", "The file is not a video that can be decoded; it may be truncated or of another type.");
}
