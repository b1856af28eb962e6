namespace Siaga.Messages;

/// <summary>What a worker needs to know of a camera's scene before it scores a clip. <c>GET /internal/cameras/{id}/scene</c>.</summary>
/// <param name="Folder">Where the camera's scene is stored.</param>
/// <param name="Version">The newest version; 0: there is none yet.</param>
/// <param name="StorageKey">The newest version's.</param>
/// <param name="IsReady">True if it may raise alarms.</param>
/// <param name="FalseAlarmsADay">How many false alarms a day the camera's people accept.</param>
public sealed record SceneInfo(string Folder, int Version, string? StorageKey, bool IsReady, double FalseAlarmsADay);

/// <summary>A scene update that waits to be merged.</summary>
/// <param name="Name">Unique on its camera.</param>
public sealed record WaitingSceneUpdate(string Name, string StorageKey);

/// <summary>The updates that wait, and the version that they are merged into. <c>GET /internal/cameras/{id}/scene/lessons</c>.</summary>
public sealed record WaitingSceneUpdates(string Folder, int Version, string? StorageKey, IReadOnlyList<WaitingSceneUpdate> Items);
