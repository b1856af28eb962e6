using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;
using MudBlazor;

namespace Siaga.App.Dashboard.Cameras;

/// <summary>A camera's state as a word, a colour and an icon: some users cannot tell the colours apart.</summary>
public static class CameraStates
{
    /// <summary>Order of the list: cameras that need attention first.</summary>
    public static int OrderOf(Camera camera) => camera.State switch
    {
        CameraState.Silent => 0,
        CameraState.Late => 1,
        CameraState.New => 2,
        _ => 3,
    };

    public static LocalizedText? Word(Camera camera) => camera switch
    {
        { ArchivedAt: not null } => CameraTexts.Archived,
        { State: CameraState.Delivering } => CameraTexts.Delivering,
        { State: CameraState.Late } => CameraTexts.Late,
        { State: CameraState.Silent } => CameraTexts.Silent,
        { State: CameraState.New } => CameraTexts.New,
        _ => null,
    };

    public static string Icon(Camera camera) => camera switch
    {
        { ArchivedAt: not null } => Icons.Material.Filled.Inventory2,
        { State: CameraState.Delivering } => Icons.Material.Filled.CheckCircle,
        { State: CameraState.Late } => Icons.Material.Filled.Schedule,
        { State: CameraState.Silent } => Icons.Material.Filled.VideocamOff,
        _ => Icons.Material.Filled.FiberNew,
    };

    public static string Class(Camera camera) => camera switch
    {
        { ArchivedAt: not null } => "mark-quiet",
        { State: CameraState.Delivering } => "mark-ok",
        { State: CameraState.Late } => "mark-amber",
        { State: CameraState.Silent } => "mark-grave",
        _ => "mark-info",
    };
}
