namespace Siaga.Web;

/// <summary>What features may ask about what the scene detector knows of cameras.</summary>
public interface ICameraScenes
{
    /// <summary>Of every camera that is asked for, also of one that has given no footage yet.</summary>
    Task<IReadOnlyDictionary<long, CameraScene>> OfAsync(IReadOnlyCollection<long> cameraIds, CancellationToken cancellationToken);
}

/// <summary>How far a camera's learning is.</summary>
public enum CameraSceneState
{
    /// <summary>It has not seen enough: scores are provisional and raise no alarm.</summary>
    Learning,

    /// <summary>It raises alarms.</summary>
    Ready,

    /// <summary>Its camera was moved: it learns anew.</summary>
    Moved,
}

/// <param name="State">How far it is.</param>
/// <param name="Version">The newest version; 0 before the first.</param>
/// <param name="FootageS">Seconds of footage learned from.</param>
/// <param name="FootageNeededS">Seconds that it needs.</param>
/// <param name="ActiveFrames">Frames learned from in which something moved.</param>
/// <param name="ActiveFramesNeeded">So many does it need.</param>
/// <param name="LearnedAt">When the newest version was made.</param>
/// <param name="MovedAt">When it was last noticed that the camera had been moved.</param>
public sealed record CameraScene(
    CameraSceneState State, int Version, double FootageS, double FootageNeededS, long ActiveFrames, long ActiveFramesNeeded,
    DateTimeOffset? LearnedAt = null, DateTimeOffset? MovedAt = null);
