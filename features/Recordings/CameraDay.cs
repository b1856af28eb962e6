using System.Runtime.InteropServices;

namespace Siaga.Recordings;

/// <summary>A span of time.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To);

/// <summary>A calendar day in a camera's time zone: 23 or 25 hours long when its clocks change.</summary>
internal static class CameraDay
{
    public static readonly DateOnly Earliest = new(1970, 1, 1);
    public static readonly DateOnly Latest = new(2199, 12, 31);

    public static DateOnly Of(TimeZoneInfo zone, DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>From the day's first moment to the next day's.</summary>
    public static Span SpanOf(TimeZoneInfo zone, DateOnly date) => new(Midnight(zone, date), Midnight(zone, date.AddDays(1)));

    /// <summary>Spans without a clip that are longer than <paramref name="longest"/>.</summary>
    /// <param name="clips">In the order of their beginnings.</param>
    /// <param name="span">The span to search.</param>
    /// <param name="longest">The longest span that does not count as a gap.</param>
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
        // If clocks go forward at midnight, that midnight does not exist: with the old offset it is the moment of the
        // change, when the day begins. If they go back over midnight, it comes twice, and the day begins with the first.
        var local = date.ToDateTime(TimeOnly.MinValue);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
