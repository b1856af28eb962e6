using OpenCvSharp;

namespace Siaga.Scenes.OpenCv;

/// <summary>Writes drawings into a video file, which is complete once this is disposed.</summary>
public sealed class SceneVideo : IDisposable
{
    private readonly VideoWriter _writer;

    /// <param name="path">An <c>.mp4</c> (MPEG-4) or <c>.avi</c> (Motion JPEG) file.</param>
    /// <param name="framesPerSecond">The clip's frame rate.</param>
    /// <param name="size">Size of the drawings in pixels.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public SceneVideo(string path, double framesPerSecond, (int Width, int Height) size)
    {
        FourCC codec = FourCC.FromString(path.EndsWith(".avi", StringComparison.OrdinalIgnoreCase) ? "MJPG" : "mp4v");
        _writer = new VideoWriter(path, VideoCaptureAPIs.FFMPEG, codec, framesPerSecond, new Size(size.Width, size.Height));
        if (_writer.IsOpened())
            return;
        _writer.Dispose();
        throw new IOException($"{path} cannot be written as a video.");
    }

    public void Add(ScenePainter drawing) => _writer.Write(drawing.Canvas);

    public void Dispose() => _writer.Dispose();
}
