namespace Siaga.Messages;

/// <summary>What a worker needs to score a clip with its camera's scene model. <c>GET /internal/cameras/{id}/scene</c>.</summary>
/// <param name="Folder">Storage folder of the camera's scene model.</param>
/// <param name="Version">The newest version; 0 when there is none.</param>
/// <param name="StorageKey">Storage key of the newest version.</param>
/// <param name="IsReady">True if it may raise alarms.</param>
/// <param name="FalseAlarmsADay">The camera's sensitivity: accepted false alarms a day.</param>
public sealed record SceneInfo(string Folder, int Version, string? StorageKey, bool IsReady, double FalseAlarmsADay)
{
    /// <summary>What people should know of the camera; null for nothing.</summary>
    public string? Notes { get; init; }
}

/// <summary>A scene update that waits to be merged.</summary>
/// <param name="Name">Unique for its camera.</param>
public sealed record WaitingSceneUpdate(string Name, string StorageKey);

/// <summary>The waiting updates, and the version to merge them into. <c>GET /internal/cameras/{id}/scene/lessons</c>.</summary>
public sealed record WaitingSceneUpdates(string Folder, int Version, string? StorageKey, IReadOnlyList<WaitingSceneUpdate> Items);
