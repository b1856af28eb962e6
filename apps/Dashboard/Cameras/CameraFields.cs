using System.Globalization;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;
using Siaga.App.Dashboard.Parts;

namespace Siaga.App.Dashboard.Cameras;

/// <summary>What is typed about a camera, as it is typed.</summary>
public sealed class CameraFields
{
    public string Name { get; set; } = "";

    public string Location { get; set; } = "";

    public string TimeZone { get; set; } = TimeZoneInfo.Local.Id;

    /// <summary>A number, with a point or a comma.</summary>
    public string FalseAlarmsADay { get; set; } = "1";

    /// <summary>For the operator, who says whose it is; empty: not chosen.</summary>
    public string Company { get; set; } = "";

    /// <summary>Only of a camera that there is.</summary>
    public string StreamKey { get; set; } = "";

    public static CameraFields Of(AdminCamera camera, Formats formats) => new()
    {
        Name = camera.Name,
        Location = camera.Location ?? "",
        TimeZone = camera.TimeZone,
        FalseAlarmsADay = formats.Plain(camera.FalseAlarmsADay),
        StreamKey = camera.StreamKey,
    };

    /// <summary>What was typed stays; what was not touched becomes what somebody else has made of it.</summary>
    /// <param name="before">As the form began.</param>
    /// <param name="now">As it is now.</param>
    public void Rebase(CameraFields before, CameraFields now)
    {
        Name = FormProblems.Keep(Name, before.Name, now.Name);
        Location = FormProblems.Keep(Location, before.Location, now.Location);
        TimeZone = FormProblems.Keep(TimeZone, before.TimeZone, now.TimeZone);
        FalseAlarmsADay = FormProblems.Keep(FalseAlarmsADay, before.FalseAlarmsADay, now.FalseAlarmsADay);
        StreamKey = FormProblems.Keep(StreamKey, before.StreamKey, now.StreamKey);
    }

    /// <summary>Null: what was typed is no number, and the form says so.</summary>
    public CameraDraft? Read(FormProblems form)
    {
        form.Clear();
        if (!double.TryParse(FalseAlarmsADay.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var falseAlarms) || !double.IsFinite(falseAlarms))
        {
            form.Say("false_alarms_a_day", CameraTexts.SensitivityNoNumber);
            return null;
        }

        return new CameraDraft
        {
            Name = Name,
            Location = Location,
            TimeZone = TimeZone.Trim(),
            FalseAlarmsADay = falseAlarms,
            StreamKey = StreamKey.Length == 0 ? null : StreamKey,
            CompanyId = long.TryParse(Company, CultureInfo.InvariantCulture, out var company) ? company : null,
        };
    }
}
