namespace Siaga.Ports;

/// <summary>What other features may query about the clips that cameras deliver.</summary>
public interface ICameraFootage
{
    /// <summary>An entry for every given camera, even without clips. One database query for all.</summary>
    Task<IReadOnlyDictionary<long, CameraFootage>> OfAsync(IReadOnlyCollection<long> cameraIds, CancellationToken cancellationToken);
}

/// <summary>Whether a camera delivers clips, judged by its own usual interval.</summary>
public enum CameraState
{
    /// <summary>No clip has arrived yet.</summary>
    New,

    /// <summary>Clips arrive as usual.</summary>
    Delivering,

    /// <summary>The next clip is overdue.</summary>
    Late,

    /// <summary>The camera has stopped delivering.</summary>
    Silent,
}

/// <param name="State">Whether the camera delivers.</param>
/// <param name="LastClipAt">Start of the newest clip; null when none has arrived.</param>
/// <param name="HasPicture">True when the last picture is available.</param>
public sealed record CameraFootage(CameraState State, DateTimeOffset? LastClipAt, bool HasPicture);
