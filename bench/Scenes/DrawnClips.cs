using OpenCvSharp;

namespace Siaga.Bench.Scenes;

/// <summary>A drawn courtyard: an ordinary morning to learn, and events that a guard should see; docs/detector.md shows it.</summary>
internal static class DrawnClips
{
    private const int Width = 480;
    private const int Height = 320;
    private const double FramesPerSecond = 12.5;

    public static int Run(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var part = 0; part < 6; part++)
        {
            var start = part * 31;
            Write(Path.Combine(folder, $"morning-{part}.mp4"), 30, (canvas, t) => Walkers(canvas, start + t));
        }

        Write(Path.Combine(folder, "runner.mp4"), 8, (canvas, t) =>
        {
            Walkers(canvas, 200 + t);
            Person(canvas, -20 + (int)(t * 110), 205, 5);
        });
        Write(Path.Combine(folder, "left.mp4"), 16, (canvas, t) =>
        {
            Walkers(canvas, 300 + t);
            if (t > 5)
                Textured(canvas, new Rect(330, 120, 38, 26), 11);
        });
        Write(Path.Combine(folder, "crowd.mp4"), 12, (canvas, t) =>
        {
            Walkers(canvas, 400 + t);
            for (var i = 0; i < 9; i++)
                Person(canvas, -200 + (int)(t * 27) + (i * 24), 180 + (i * 37 % 70), i + 20);
        });
        return 0;
    }

    private static void Write(string path, int seconds, Action<Mat, double> draw)
    {
        FourCC codec = FourCC.FromString("mp4v");
        using var writer = new VideoWriter(path, VideoCaptureAPIs.FFMPEG, codec, FramesPerSecond, new Size(Width, Height));
        using var canvas = new Mat(Height, Width, MatType.CV_8UC3);
        using var noise = new Mat(Height, Width, MatType.CV_8UC3);
        for (var i = 0; i < seconds * FramesPerSecond; i++)
        {
            Courtyard(canvas);
            draw(canvas, i / FramesPerSecond);
            Cv2.Randn(noise, Scalar.All(4), Scalar.All(3));
            Cv2.Add(canvas, noise, canvas);
            writer.Write(canvas);
        }
    }

    private static void Courtyard(Mat canvas)
    {
        Cv2.Rectangle(canvas, new Rect(0, 0, Width, 150), new Scalar(120, 140, 150), -1);
        Cv2.Rectangle(canvas, new Rect(0, 150, Width, Height - 150), new Scalar(95, 100, 98), -1);
        for (var x = 30; x < Width; x += 90)
            Cv2.Rectangle(canvas, new Rect(x, 30, 46, 60), new Scalar(90, 70, 50), -1);
        Cv2.Rectangle(canvas, new Rect(212, 70, 52, 80), new Scalar(50, 60, 90), -1);
        for (var y = 170; y < Height; y += 25)
            Cv2.Line(canvas, new Point(0, y), new Point(Width, y), new Scalar(80, 84, 84));
        for (var x = -200; x < Width + 200; x += 60)
            Cv2.Line(canvas, new Point((x + (Width / 2)) / 2, 150), new Point(x, Height), new Scalar(80, 84, 84));
    }

    /// <summary>Two people, each at a different pace, with pauses in which the courtyard is empty.</summary>
    private static void Walkers(Mat canvas, double t)
    {
        for (var i = 0; i < 2; i++)
        {
            var (pace, lane) = (22 + (i * 7), 185 + (i * 35));
            var at = (t * pace) % 700;
            Person(canvas, i == 0 ? (int)at - 30 : Width + 30 - (int)at, lane, i);
        }
    }

    private static void Person(Mat canvas, int x, int y, int who)
    {
        Textured(canvas, new Rect(x, y, 14, 34), who);
        Cv2.Circle(canvas, new Point(x + 7, y - 6), 6, new Scalar(150, 170, 200), -1);
    }

    private static void Textured(Mat canvas, Rect box, int seed)
    {
        for (var y = 0; y < box.Height; y += 4)
        {
            for (var x = 0; x < box.Width; x += 4)
            {
                var level = 30 + ((((x * 31) + (y * 17) + (seed * 53)) * 7919) % 120);
                var patch = new Rect(box.X + x, box.Y + y, Math.Min(4, box.Width - x), Math.Min(4, box.Height - y));
                Cv2.Rectangle(canvas, patch, new Scalar(level, level * 0.8, level * (seed % 3) / 2.0), -1);
            }
        }
    }
}
