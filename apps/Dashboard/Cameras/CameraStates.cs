using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;
using MudBlazor;

namespace Siaga.App.Dashboard.Cameras;

/// <summary>A camera's state as a word, a colour and an icon: some users cannot tell the colours apart.</summary>
public static class CameraStates
{
    /// <summary>Order of the list: cameras that need attention first.</summary>
    public static int OrderOf(AdminCamera camera) => camera.State switch
    {
        "silent" => 0,
        "late" => 1,
        "new" => 2,
        _ => 3,
    };

    public static LocalizedText? Word(AdminCamera camera) => camera switch
    {
        { ArchivedAt: not null } => CameraTexts.Archived,
        { State: "delivering" } => CameraTexts.Delivering,
        { State: "late" } => CameraTexts.Late,
        { State: "silent" } => CameraTexts.Silent,
        { State: "new" } => CameraTexts.New,
        _ => null,
    };

    public static string Icon(AdminCamera camera) => camera switch
    {
        { ArchivedAt: not null } => Icons.Material.Filled.Inventory2,
        { State: "delivering" } => Icons.Material.Filled.CheckCircle,
        { State: "late" } => Icons.Material.Filled.Schedule,
        { State: "silent" } => Icons.Material.Filled.VideocamOff,
        _ => Icons.Material.Filled.FiberNew,
    };

    public static string Class(AdminCamera camera) => camera switch
    {
        { ArchivedAt: not null } => "mark-quiet",
        { State: "delivering" } => "mark-ok",
        { State: "late" } => "mark-amber",
        { State: "silent" } => "mark-grave",
        _ => "mark-info",
    };
}
