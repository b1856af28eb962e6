using System.Globalization;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;
using Siaga.App.Dashboard.Parts;

namespace Siaga.App.Dashboard.Cameras;

/// <summary>The camera form's fields, as typed.</summary>
public sealed class CameraFields
{
    public string Name { get; set; } = "";

    public string Location { get; set; } = "";

    public string TimeZone { get; set; } = TimeZoneInfo.Local.Id;

    /// <summary>A number with a decimal point or comma.</summary>
    public string FalseAlarmsADay { get; set; } = "1";

    /// <summary>The company's id, which only operators choose; empty when not chosen yet.</summary>
    public string Company { get; set; } = "";

    /// <summary>Only for existing cameras.</summary>
    public string StreamKey { get; set; } = "";

    public static CameraFields Of(Camera camera, Formats formats) => new()
    {
        Name = camera.Name,
        Location = camera.Location ?? "",
        TimeZone = camera.TimeZone,
        FalseAlarmsADay = formats.Plain(camera.FalseAlarmsADay),
        StreamKey = camera.StreamKey,
    };

    /// <summary>Keeps the fields that were changed here, and updates all others.</summary>
    /// <param name="before">The values with which the form was opened.</param>
    /// <param name="now">The current values.</param>
    public void Rebase(CameraFields before, CameraFields now)
    {
        Name = FormProblems.Keep(Name, before.Name, now.Name);
        Location = FormProblems.Keep(Location, before.Location, now.Location);
        TimeZone = FormProblems.Keep(TimeZone, before.TimeZone, now.TimeZone);
        FalseAlarmsADay = FormProblems.Keep(FalseAlarmsADay, before.FalseAlarmsADay, now.FalseAlarmsADay);
        StreamKey = FormProblems.Keep(StreamKey, before.StreamKey, now.StreamKey);
    }

    /// <summary>Changes of a camera. Null when a number is invalid; the form then shows the problem.</summary>
    public ChangeCameraRequest? Read(FormProblems form) => Sensitivity(form) is not { } falseAlarms ? null : new ChangeCameraRequest
    {
        Name = Name,
        Location = Location,
        TimeZone = TimeZone.Trim(),
        FalseAlarmsADay = falseAlarms,
        StreamKey = StreamKey.Length == 0 ? null : StreamKey,
    };

    /// <summary>A new camera. Null when a number is invalid; the form then shows the problem.</summary>
    public CreateCameraRequest? ReadNew(FormProblems form) => Sensitivity(form) is not { } falseAlarms
        ? null
        : new CreateCameraRequest(Name)
        {
            Location = Location,
            TimeZone = TimeZone.Trim(),
            FalseAlarmsADay = falseAlarms,
            CompanyId = long.TryParse(Company, CultureInfo.InvariantCulture, out var company) ? company : null,
        };

    private double? Sensitivity(FormProblems form)
    {
        form.Clear();
        var typed = FalseAlarmsADay.Trim().Replace(',', '.');
        if (!double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var falseAlarms) || !double.IsFinite(falseAlarms))
        {
            form.Say("false_alarms_a_day", CameraTexts.SensitivityNoNumber);
            return null;
        }

        return falseAlarms;
    }
}
