using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Bench.Scenes;

/// <summary>
/// Parts of real clips, some with drawings in them. A path is <c>FILE#FROM-TO</c> (seconds) or <c>FILE#FROM-TO#WHAT</c>; time starts at 0,
/// and the drawing appears at <see cref="AppearsAt"/>.
/// </summary>
internal sealed class Excerpts(IVideoDecoder decoder) : IVideoDecoder
{
    /// <summary>Seconds into an excerpt.</summary>
    public const double AppearsAt = 20;

    /// <summary>
    /// What can be drawn: an object left behind, a person lying, a person who comes and stands still, a crowd; or time at triple speed.
    /// </summary>
    public static IReadOnlyList<string> Drawings => ["left", "lying", "standing", "crowd", "fast"];

    public IVideoReader Open(string path)
    {
        var parts = path.Split('#');
        if (parts.Length == 1)
            return decoder.Open(path);
        var range = parts[1].Split('-').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return new Excerpt(decoder.Open(parts[0]), range[0], range[1], parts.Length > 2 ? parts[2] : "");
    }

    private sealed class Excerpt(IVideoReader reader, double from, double to, string drawing) : IVideoReader
    {
        public double NominalFramesPerSecond => reader.NominalFramesPerSecond;

        public int HeaderFrames => 0;

        public (int Width, int Height) FrameSize => reader.FrameSize;

        private double Real => reader.Position.Seconds - from;

        // Fast: after the moment of appearance a second lasts a third of one.
        public MediaTime Position => new(drawing == "fast" && Real > AppearsAt ? AppearsAt + ((Real - AppearsAt) / 3) : Math.Max(Real, 0));

        public bool Grab()
        {
            while (reader.Grab())
            {
                if (Real >= 0)
                    return Real < to - from;
            }

            return false;
        }

        public void RetrieveDifference(IHeldFrame? before, FrameFormat format, Span<byte> destination) =>
            reader.RetrieveDifference(before, format, destination);

        public IHeldFrame Hold() => reader.Hold();

        public void Retrieve(FrameFormat format, Span<byte> destination)
        {
            reader.Retrieve(format, destination);
            if (Real < AppearsAt)
                return;
            var (width, height, since) = (format.Width, format.Height, Real - AppearsAt);
            switch (drawing)
            {
                case "left":
                    Draw(destination, width, height, 0.62 * width, 0.78 * height, 36, 30, 1);
                    break;
                case "lying":
                    Draw(destination, width, height, (0.1 * width) + Math.Round(Math.Sin(since * 2)), 0.62 * height, 90, 30, 2);
                    break;
                case "standing":
                    Draw(destination, width, height, Math.Min(since * 20, 0.15 * width), 0.3 * height, 28, 80, 3);
                    break;
                case "crowd":
                    for (var i = 0; i < 6; i++)
                    {
                        var x = (width / 2.0) + (width * 0.4 * Math.Sin((i * 1.7) + (since * 0.12)));
                        Draw(destination, width, height, x, (0.25 + (0.05 * i)) * height, 28, 80, i);
                    }

                    break;
            }
        }

        public void Dispose() => reader.Dispose();

        private static void Draw(Span<byte> gray, int width, int height, double left, double top, int wide, int high, int seed)
        {
            for (var y = 0; y < high; y++)
            {
                for (var x = 0; x < wide; x++)
                {
                    var (px, py) = ((int)left + x, (int)top + y);
                    if (px < 0 || py < 0 || px >= width || py >= height)
                        continue;
                    var hash = (((uint)(x / 4) * 374761393u) + ((uint)(y / 4) * 668265263u) + ((uint)seed * 2246822519u)) * 1274126177u;
                    gray[(py * width) + px] = (byte)(40 + ((hash >> 16) % 140));
                }
            }
        }
    }
}
