using System.Collections.Concurrent;
using System.Globalization;

namespace Siaga.App.Dashboard.Localization;

/// <summary>
/// Formats numbers and times for each language. It needs no ICU data, which would make the first load a third larger.
/// </summary>
public sealed class Formats(Localizer localizer)
{
    private static readonly string[] s_english = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] s_indonesian = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];
    private static readonly NumberFormatInfo s_comma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    private readonly ConcurrentDictionary<string, TimeZoneInfo> _zones = new(StringComparer.Ordinal);

    /// <summary>A time zone by its IANA name; UTC for an unknown one.</summary>
    public TimeZoneInfo Zone(string? name) => _zones.GetOrAdd(
        name ?? "UTC", n => TimeZoneInfo.TryFindSystemTimeZoneById(n, out var zone) ? zone : TimeZoneInfo.Utc);

    public string Number(double value, int decimals = 0) => value.ToString("N" + decimals, Digits);

    /// <summary>A number with all its decimals and without group separators, as a person would type it.</summary>
    public string Plain(double value) => value.ToString(Digits);

    /// <summary>A share as a whole percentage. Only a share of exactly 1 is shown as 100%, because 99.7% is not certainty.</summary>
    /// <param name="share">0 to 1.</param>
    public string Percent(double share) => Number(share < 1 ? Math.Min(Math.Round(share * 100), 99) : share * 100) + "%";

    /// <summary>Hours, minutes and, on request, seconds.</summary>
    public string Clock(DateTimeOffset at, string? zone, bool seconds = true) =>
        In(at, zone).ToString(seconds ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset at, string? zone) => Day(DateOnly.FromDateTime(In(at, zone).DateTime));

    public string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Day} {Months[day.Month - 1]} {day.Year}");

    public string Moment(DateTimeOffset at, string? zone) => $"{Day(at, zone)}, {Clock(at, zone)}";

    public DateTimeOffset In(DateTimeOffset at, string? zone) => TimeZoneInfo.ConvertTime(at, Zone(zone));

    /// <summary>A duration such as "12 s", "3 min", "2 h 5 min" or "4 d".</summary>
    public string Span(TimeSpan span)
    {
        var hour = localizer[UnitTexts.Hour];
        var minute = localizer[UnitTexts.Minute];
        return span switch
        {
            { TotalSeconds: < 1 } => $"0 {localizer[UnitTexts.Second]}",
            { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} {localizer[UnitTexts.Second]}",
            { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} {minute}",
            { TotalHours: < 24, Minutes: 0 } => $"{(int)span.TotalHours} {hour}",
            { TotalHours: < 24 } => $"{(int)span.TotalHours} {hour} {span.Minutes} {minute}",
            _ => $"{(int)span.TotalDays} {localizer[UnitTexts.Day]}",
        };
    }

    public string Ago(DateTimeOffset at, DateTimeOffset now) =>
        now - at < TimeSpan.FromSeconds(5) ? localizer[UnitTexts.JustNow] : localizer[UnitTexts.Ago, Span(now - at)];

    public string Bytes(double bytes) => bytes switch
    {
        < 1024 => $"{Number(bytes)} B",
        < 1 << 20 => $"{Number(bytes / 1024)} KiB",
        < 1 << 30 => $"{Number(bytes / (1 << 20), 1)} MiB",
        _ => $"{Number(bytes / (1 << 30), 1)} GiB",
    };

    private NumberFormatInfo Digits => localizer.Language == Language.Indonesian ? s_comma : NumberFormatInfo.InvariantInfo;

    private string[] Months => localizer.Language == Language.Indonesian ? s_indonesian : s_english;
}

/// <summary>Units and expressions of time.</summary>
public static class UnitTexts
{
    public static readonly LocalizedText Second = new("s", "dtk");
    public static readonly LocalizedText Minute = new("min", "mnt");
    public static readonly LocalizedText Hour = new("h", "jam");
    public static readonly LocalizedText Day = new("d", "hari");
    public static readonly LocalizedText Ago = new("{0} ago", "{0} lalu");
    public static readonly LocalizedText JustNow = new("just now", "baru saja");
}
