using System.Globalization;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Siaga.Tests.Siaga;

/// <summary>Generated clips: a textured scene that a person crosses again and again. The files' folder is deleted on dispose.</summary>
internal sealed class DrawnClips : IDisposable
{
    private const int Width = 320;
    private const int Height = 240;
    private const int FramesPerSecond = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-drawn-").FullName;
    private int _number;

    /// <param name="seconds">The clip's length.</param>
    /// <param name="start">Seconds into the walk at which the clip starts.</param>
    /// <param name="speed">Pixels a second.</param>
    /// <param name="view">The scene: another number gives another view.</param>
    /// <returns>The file's path.</returns>
    public string Walk(int seconds, double start, double speed = 20, int view = 1)
    {
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{++_number}.mp4"));
        using var writer = new VideoWriter(
            path, VideoCaptureAPIs.FFMPEG, FourCC.FromString("mp4v"), FramesPerSecond, new Size(Width, Height));
        using var frame = new Mat(Height, Width, MatType.CV_8UC3);
        for (var i = 0; i < seconds * FramesPerSecond; i++)
        {
            Draw(
                MemoryMarshal.CreateSpan(ref frame.At<byte>(0, 0), Width * Height * 3),
                start + ((double)i / FramesPerSecond),
                speed,
                i,
                view);
            writer.Write(frame);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Draw(Span<byte> bgr, double seconds, double speed, int frame, int view)
    {
        var at = (int)((seconds * speed) % (Width + 40)) - 20;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (right, down) = (x + (29 * view), y + (17 * view));
                var level = 60 + (((right / 60) + (down / 60)) % 2 * 60) + Texture(x / 5, y / 5, view, 60);
                var (dx, dy) = (x - at, y - 150);
                if (dx is >= 0 and < 14 && dy is >= 0 and < 36)
                    level = 60 + Texture(dx / 5, dy / 6, 700, 120);
                var value = (byte)Math.Clamp(level + Texture(x, y, frame + 1000, 5) - 2, 0, 255);
                bgr.Slice(((y * Width) + x) * 3, 3).Fill(value);
            }
        }
    }

    /// <summary>A pseudo-random number below a limit; always the same for the same arguments.</summary>
    private static int Texture(int x, int y, int seed, int limit)
    {
        var hash = ((uint)x * 374761393u) + ((uint)y * 668265263u) + ((uint)seed * 2246822519u);
        hash = (hash ^ (hash >> 13)) * 1274126177u;
        return (int)((hash ^ (hash >> 16)) % (uint)limit);
    }
}
