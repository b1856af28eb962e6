using System.Globalization;
using System.Text;
using Siaga.App.Dashboard.Api;

namespace Siaga.App.Dashboard.History;

/// <summary>A camera's day as SVG paths; consecutive clips become one shape. One unit is a second.</summary>
public sealed class StripShape
{
    // Consecutive clips of a camera may be some seconds apart.
    private static readonly TimeSpan s_seam = TimeSpan.FromSeconds(3);

    private StripShape(double seconds, string recorded, string failed, string gaps) =>
        (Seconds, Recorded, Failed, Gaps) = (seconds, recorded, failed, gaps);

    /// <summary>Length of the day: 86,400, or an hour more or less.</summary>
    public double Seconds { get; }

    /// <summary>SVG path of the recorded parts.</summary>
    public string Recorded { get; }

    public string Failed { get; }

    public string Gaps { get; }

    public static StripShape Of(CameraDay day)
    {
        var seconds = (day.To - day.From).TotalSeconds;
        return new StripShape(
            seconds,
            Path(day, Joined(day.Clips.Where(c => c.State != ClipState.Failed).Select(c => (c.From, c.To)))),
            Path(day, Joined(day.Clips.Where(c => c.State == ClipState.Failed).Select(c => (c.From, c.To)))),
            Path(day, day.Gaps.Select(g => (g.From, g.To))));
    }

    /// <summary>Spans in order of time, adjacent ones merged.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Joined(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans)
    {
        (DateTimeOffset From, DateTimeOffset To)? open = null;
        foreach (var span in spans.OrderBy(s => s.From))
        {
            if (open is { } o && span.From - o.To <= s_seam)
            {
                open = (o.From, span.To > o.To ? span.To : o.To);
                continue;
            }

            if (open is { } done)
                yield return done;
            open = span;
        }

        if (open is { } last)
            yield return last;
    }

    private static string Path(CameraDay day, IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans)
    {
        var path = new StringBuilder();
        foreach (var (from, to) in spans)
        {
            // A clip of a few seconds would be thinner than a pixel.
            var (left, width) = ((from - day.From).TotalSeconds, Math.Max((to - from).TotalSeconds, 30));
            path.Append(CultureInfo.InvariantCulture, $"M{left:0} 0h{width:0}v1h-{width:0}z");
        }

        return path.ToString();
    }
}
