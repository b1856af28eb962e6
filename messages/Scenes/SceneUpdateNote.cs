namespace Siaga.Messages;

/// <summary>
/// A scene update from one clip, as a worker reports it: before it stores the update's object, and again afterwards.
/// <c>POST /internal/cameras/{id}/scene/lessons</c>.
/// </summary>
public sealed record SceneUpdateNote
{
    /// <summary>The update's permanent name: updates of the same name for a camera count once.</summary>
    public required string Name { get; init; }

    /// <summary>The version that the clip was scored with, from 1.</summary>
    public required int Base { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Footage that the update was learned from.</summary>
    public required long FootageMs { get; init; }

    /// <summary>Number of frames with motion.</summary>
    public required long ActiveFrames { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>The clip shows a different view, so there is nothing to store.</summary>
    public bool HasMoved { get; init; }

    /// <summary>A user marked the clip as normal: the update is merged at once.</summary>
    public bool Urgent { get; init; }
}

/// <param name="StorageKey">The key to store the update under; null when it is not wanted or already stored.</param>
/// <param name="MergeDue">The update is stored, and there are enough updates for a version: merge.</param>
/// <param name="HasMoved">The camera was moved: the next version must start anew from this clip.</param>
/// <param name="Version">The newest version.</param>
public sealed record SceneUpdateAnswer(string? StorageKey, bool MergeDue, bool HasMoved, int Version);
