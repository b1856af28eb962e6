using System.Text.Json;

namespace Siaga.Ports;

/// <summary>What other features may query about the scene detector's state of cameras.</summary>
public interface ICameraScenes
{
    /// <summary>An entry for every given camera, even without footage.</summary>
    Task<IReadOnlyDictionary<long, CameraScene>> OfAsync(IReadOnlyCollection<long> cameraIds, CancellationToken cancellationToken);

    /// <summary>What a worker needs for the camera's next clip, as the JSON that the scenes' own calls answer.</summary>
    Task<JsonElement> ForWorkersAsync(CameraRef camera, CancellationToken cancellationToken);
}

/// <summary>A camera's learning progress.</summary>
public enum CameraSceneState
{
    /// <summary>The detector has not seen enough: scores are provisional and raise no alarms.</summary>
    Learning,

    /// <summary>The detector raises alarms.</summary>
    Ready,

    /// <summary>The camera was moved, so the detector learns again.</summary>
    Moved,
}

/// <param name="State">The learning progress.</param>
/// <param name="Version">The newest scene version; 0 before the first.</param>
/// <param name="FootageS">Seconds of footage learned from.</param>
/// <param name="FootageNeededS">Seconds of footage needed.</param>
/// <param name="ActiveFrames">Frames with motion learned from.</param>
/// <param name="ActiveFramesNeeded">Frames with motion needed.</param>
/// <param name="LearnedAt">When the newest version was made.</param>
/// <param name="MovedAt">When a move of the camera was last detected.</param>
public sealed record CameraScene(
    CameraSceneState State, int Version, double FootageS, double FootageNeededS, long ActiveFrames, long ActiveFramesNeeded,
    DateTimeOffset? LearnedAt = null, DateTimeOffset? MovedAt = null);
