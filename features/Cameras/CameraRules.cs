using System.Text.RegularExpressions;
using Siaga.Messages.Api;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>The rules for a camera's fields.</summary>
internal static partial class CameraRules
{
    public const double DefaultFalseAlarmsADay = 1;
    public const string DefaultTimeZone = "UTC";
    public const int MaxNotes = 2000;

    public static Error NotFound { get; } = new(ErrorKind.NotFound, "camera_not_found", "There is no such camera.");

    public static Error StreamKeyTaken { get; } = new(ErrorKind.Conflict, "stream_key_taken", "Another camera uses this stream key.");

    /// <summary>The error codes of invalid fields.</summary>
    public static string[] FieldCodes { get; } =
    [
        "name_empty", "name_too_long", "name_unprintable", "location_too_long", "location_unprintable", "stream_key_invalid",
        "rtsp_source_invalid", "rtsp_source_too_long", "rtsp_source_unprintable", "time_zone_unknown", "false_alarms_a_day_invalid",
        "notes_too_long", "notes_unprintable",
    ];

    /// <summary>Sets what is given of a camera's fields, or nothing when one of them is invalid.</summary>
    /// <param name="details">A field that is null keeps its value.</param>
    /// <returns>Null when all are valid.</returns>
    public static Error? Apply(string? name, double falseAlarmsADay, CameraDetails details, Camera camera)
    {
        var named = Name(name);
        Result<string?> location = details.Location is null ? camera.Location : Location(details.Location);
        Result<string?> source = details.RtspSource is null ? camera.RtspSource : RtspSource(details.RtspSource);
        Result<string> zone = details.TimeZone is null ? camera.TimeZone : TimeZone(details.TimeZone);
        Result<string> key = string.IsNullOrEmpty(details.StreamKey) ? camera.StreamKey : StreamKey(details.StreamKey);
        Result<string?> notes = details.Notes is null ? camera.Notes : Notes(details.Notes);
        var sensitivity = FalseAlarmsADay(falseAlarmsADay);
        var wrong = named.Error ?? location.Error ?? source.Error ?? zone.Error ?? key.Error ?? sensitivity.Error ?? notes.Error;
        if (wrong is not null)
            return wrong;
        (camera.Name, camera.Location, camera.RtspSource) = (named.Value, location.Value, source.Value);
        (camera.TimeZone, camera.StreamKey, camera.FalseAlarmsADay) = (zone.Value, key.Value, sensitivity.Value);
        camera.Notes = notes.Value;
        return null;
    }

    public static Result<string> Name(string? value) => InputText.Clean(value, "name", 200);

    public static Result<string?> Location(string? value) => InputText.CleanOptional(value, "location", 500);

    public static Result<string?> Notes(string? value) => InputText.CleanOptional(value, "notes", MaxNotes);

    /// <summary>Characters without a meaning in a URL. Not digits alone, because a number in its place is a camera's id.</summary>
    public static Result<string> StreamKey(string value) => StreamKeyForm().IsMatch(value) && !value.All(char.IsAsciiDigit)
        ? value
        : new Error(
            ErrorKind.Invalid, "stream_key_invalid", "'stream_key' must have 1 to 64 letters, digits, '-' or '_', and not only digits.");

    public static Result<string?> RtspSource(string? value)
    {
        var source = InputText.CleanOptional(value, "rtsp_source", 1000);
        if (!source.IsOk || source.Value is null)
            return source;
        return Uri.TryCreate(source.Value, UriKind.Absolute, out var uri)
            && uri.Scheme is "rtsp" or "rtsps" or "rtmp" or "rtmps" or "srt" or "http" or "https"
            ? source
            : new Error(ErrorKind.Invalid, "rtsp_source_invalid", "'rtsp_source' must be an address such as rtsp://camera.local/stream.");
    }

    public static Result<string> TimeZone(string? value) =>
        string.IsNullOrEmpty(value) ? DefaultTimeZone
        : TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone) && (zone.HasIanaId || value == DefaultTimeZone) ? value
        : new Error(ErrorKind.Invalid, "time_zone_unknown", "'time_zone' must be an IANA name such as Asia/Jakarta.");

    public static Result<double> FalseAlarmsADay(double value) => value is >= 0.01 and <= 1000
        ? value
        : new Error(ErrorKind.Invalid, "false_alarms_a_day_invalid", "'false_alarms_a_day' must be from 0.01 to 1000.");

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StreamKeyForm();
}
