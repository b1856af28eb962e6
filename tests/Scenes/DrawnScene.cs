using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Tests.Scenes;

/// <summary>Clips in memory: a textured scene in which squares walk. A clip's path is its name here.</summary>
internal sealed class DrawnScene : IVideoDecoder
{
    private const int Width = 360;
    private const int Height = 240;

    private readonly Dictionary<string, Clip> _clips = new(StringComparer.Ordinal);


    private sealed record Clip(double[] Times, (int Width, int Height)[] Sizes, Action<int, byte[]> Draw);

    /// <summary>Adds a clip in which a walker crosses the picture again and again.</summary>
    /// <param name="name">The clip's path.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="start">Seconds into the walk at the clip's start.</param>
    /// <param name="speed">Pixels a second.</param>
    /// <param name="change">Changes each picture after it is drawn; receives its index.</param>
    public string Walk(
        string name, int frames, double framesPerSecond = 10, double start = 0, double speed = 20, Action<int, byte[]>? change = null)
    {
        var times = Enumerable.Range(0, frames).Select(i => i / framesPerSecond).ToArray();
        _clips[name] = new Clip(times, [(Width, Height)], (i, pixels) =>
        {
            DrawWalker(pixels, start + times[i], speed, i);
            change?.Invoke(i, pixels);
        });
        return name;
    }

    /// <summary>The same with given times, and pictures whose size changes in the middle.</summary>
    public string Odd(string name, double[] times, (int Width, int Height)[] sizes)
    {
        _clips[name] = new Clip(times, sizes, (i, pixels) => DrawWalker(pixels, times[i], 20, i));
        return name;
    }

    public IVideoReader Open(string path) => new Reader(_clips[path]);

    /// <summary>Draws the walker where it is at a time in seconds, with different noise of ±2 grey levels in each frame.</summary>
    private static void DrawWalker(byte[] pixels, double seconds, double speed, int frame)
    {
        var at = (int)((seconds * speed) % (Width + 40)) - 20;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var level = 60 + (((x / 60) + (y / 60)) % 2 * 60) + Texture(x / 3, y / 3, 1, 60);
                var (dx, dy) = (x - at, y - 150);
                if (dx is >= 0 and < 14 && dy is >= 0 and < 36)
                    level = 60 + Texture(dx / 5, dy / 6, 7, 120);
                pixels[(y * Width) + x] = (byte)Math.Clamp(level + Texture(x, y, frame + 100, 5) - 2, 0, 255);
            }
        }
    }

    /// <summary>A reproducible pseudo-random number from 0 to below a limit.</summary>
    private static int Texture(int x, int y, int seed, int limit)
    {
        var hash = ((uint)x * 374761393u) + ((uint)y * 668265263u) + ((uint)seed * 2246822519u);
        hash = (hash ^ (hash >> 13)) * 1274126177u;
        return (int)((hash ^ (hash >> 16)) % (uint)limit);
    }

    private sealed class Reader(Clip clip) : IVideoReader
    {
        private readonly byte[] _pixels = new byte[Width * Height];
        private int _index = -1;

        public double NominalFramesPerSecond => 10;

        public int HeaderFrames => clip.Times.Length;

        public (int Width, int Height) FrameSize => clip.Sizes[Math.Max(_index, 0) * clip.Sizes.Length / clip.Times.Length];

        public MediaTime Position => new(clip.Times[_index]);

        public bool Grab() => ++_index < clip.Times.Length;

        public IHeldFrame Hold() => throw new NotSupportedException("The scene detector holds no frame.");

        public void RetrieveDifference(IHeldFrame? before, FrameFormat format, Span<byte> destination) =>
            throw new NotSupportedException("The scene detector asks for no difference.");

        public void Retrieve(FrameFormat format, Span<byte> destination)
        {
            clip.Draw(_index, _pixels);
            for (var y = 0; y < format.Height; y++)
            {
                for (var x = 0; x < format.Width; x++)
                    destination[(y * format.Width) + x] = _pixels[(y * Height / format.Height * Width) + (x * Width / format.Width)];
            }
        }

        public void Dispose()
        {
        }
    }
}
