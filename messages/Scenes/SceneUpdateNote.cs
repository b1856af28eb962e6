namespace Siaga.Messages;

/// <summary>
/// What a clip teaches, as a worker reports it: before it stores the update's object, and again after.
/// <c>POST /internal/cameras/{id}/scene/lessons</c>.
/// </summary>
public sealed record SceneUpdateNote
{
    /// <summary>Names the update for all time: one of the same name on a camera counts once.</summary>
    public required string Name { get; init; }

    /// <summary>The version that the clip was watched with, from 1.</summary>
    public required int Base { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Footage that it was learned from.</summary>
    public required long FootageMs { get; init; }

    /// <summary>Frames in which something moves.</summary>
    public required long ActiveFrames { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>The clip shows another view, so there is nothing to store.</summary>
    public bool HasMoved { get; init; }

    /// <summary>A person taught it: it is merged at once.</summary>
    public bool Urgent { get; init; }
}

/// <param name="StorageKey">Where to store it; null: it is not wanted, or is stored already.</param>
/// <param name="MergeDue">It is stored, and there are enough updates for a version: merge.</param>
/// <param name="HasMoved">The camera was moved: the next version must start anew from this clip.</param>
/// <param name="Version">The newest version.</param>
public sealed record SceneUpdateAnswer(string? StorageKey, bool MergeDue, bool HasMoved, int Version);
