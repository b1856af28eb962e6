using System.Diagnostics;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Analysis.Detection;

/// <summary>
/// Finds covered lenses: at least three seconds of pictures without content. It samples one picture a second. A picture has content when
/// its brightest and darkest parts differ; its brightness does not matter, because a lens may be covered with anything.
/// </summary>
internal sealed class BlackPictureDetector : IClipDetector
{
    /// <summary>Least length of a finding, in seconds.</summary>
    internal const double LeastSeconds = 3;

    /// <summary>
    /// Grey levels of 255 between the second darkest and the second brightest hundredth of a picture; below it there is no content.
    /// </summary>
    internal const int LeastContrast = 20;

    private const double SecondsBetween = 1;

    private static readonly FrameFormat s_format = new(64, 36, ResizeMethod.Area, ColourOrder.Gray);

    public string Name => "black_picture";

    public IClipSession Start(ClipInfo clip) => new Session(Name);

    /// <summary>Grey levels between the second darkest and the second brightest hundredth.</summary>
    internal static int ContrastOf(ReadOnlySpan<byte> gray)
    {
        var counts = new int[256];
        foreach (var level in gray)
            counts[level]++;
        var cut = gray.Length / 50;
        return LevelAfter(counts, gray.Length - cut - 1) - LevelAfter(counts, cut);
    }

    private static int LevelAfter(int[] counts, int rank)
    {
        var level = 0;
        for (var passed = counts[0]; passed <= rank; passed += counts[level])
            level++;
        return level;
    }

    private sealed class Session(string name) : IClipSession
    {
        private readonly byte[] _gray = new byte[s_format.Length];
        private readonly List<(double FromS, double ToS)> _covered = [];
        private double? _since;
        private double? _looked;

        public TimeSpan Worked { get; private set; }

        public void Add(ICurrentFrame frame)
        {
            var at = frame.Position.Seconds;
            if (at - _looked < SecondsBetween)
                return;
            _looked = at;
            frame.Retrieve(s_format, _gray);
            var start = Stopwatch.GetTimestamp();
            if (ContrastOf(_gray) < LeastContrast)
                _since ??= at;
            else
                End(at);
            Worked += Stopwatch.GetElapsedTime(start);
        }

        public Result<DetectorResult> Complete(ClipLength length)
        {
            End(length.Seconds);
            return new DetectorResult([.. _covered.Select(c =>
                new Finding(name, name, c.ToS - c.FromS, LeastSeconds, c.FromS, c.ToS, (c.FromS + c.ToS) / 2, Alarm: false))]);
        }

        public void Dispose()
        {
        }

        private void End(double at)
        {
            if (_since is { } since && at - since >= LeastSeconds)
                _covered.Add((since, at));
            _since = null;
        }
    }
}
