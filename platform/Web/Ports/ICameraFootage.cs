namespace Siaga.Web;

/// <summary>What features may ask about what cameras deliver.</summary>
public interface ICameraFootage
{
    /// <summary>Of every camera that is asked for, also of one that has delivered nothing yet; one question to the database for all.</summary>
    Task<IReadOnlyDictionary<long, CameraFootage>> OfAsync(IReadOnlyCollection<long> cameraIds, CancellationToken cancellationToken);
}

/// <summary>Whether a camera delivers, by its own usual interval.</summary>
public enum CameraState
{
    /// <summary>No clip came yet.</summary>
    New,

    /// <summary>Its clips come as usual.</summary>
    Delivering,

    /// <summary>The next clip should have been here.</summary>
    Late,

    /// <summary>It has stopped.</summary>
    Silent,
}

/// <param name="State">Whether it delivers.</param>
/// <param name="LastClipAt">When its newest clip begins; null: none came.</param>
/// <param name="HasPicture">Its last picture can be asked for.</param>
public sealed record CameraFootage(CameraState State, DateTimeOffset? LastClipAt, bool HasPicture);
