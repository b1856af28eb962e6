using System.Runtime.InteropServices;

namespace Siaga.Recordings;

/// <summary>A stretch of time.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Excluded.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To);

/// <summary>A calendar day where a camera stands: 23 or 25 hours long where its clocks are changed.</summary>
internal static class CameraDay
{
    public static readonly DateOnly Earliest = new(1970, 1, 1);
    public static readonly DateOnly Latest = new(2199, 12, 31);

    public static DateOnly Of(TimeZoneInfo zone, DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>From its first moment to the next day's first.</summary>
    public static Span SpanOf(TimeZoneInfo zone, DateOnly date) => new(Midnight(zone, date), Midnight(zone, date.AddDays(1)));

    /// <summary>Spans without a clip that are longer than <paramref name="longest"/>.</summary>
    /// <param name="clips">By their beginning.</param>
    /// <param name="span">Where to look.</param>
    /// <param name="longest">Still no gap.</param>
    public static IReadOnlyList<Span> GapsOf(IEnumerable<Span> clips, Span span, TimeSpan longest)
    {
        var gaps = new List<Span>();
        var covered = span.From;
        foreach (var clip in clips)
        {
            Look(clip.From < span.To ? clip.From : span.To);
            if (clip.To > covered)
                covered = clip.To;
        }

        Look(span.To);
        return gaps;

        void Look(DateTimeOffset next)
        {
            if (next - covered > longest)
                gaps.Add(new Span(covered, next));
        }
    }

    private static DateTimeOffset Midnight(TimeZoneInfo zone, DateOnly date)
    {
        // Where clocks are put forward at midnight there is none: by the old offset it is the moment of the change, at which the day begins.
        // Where they are put back over it, it comes twice, and the day begins with the first.
        var local = date.ToDateTime(TimeOnly.MinValue);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
