namespace Siaga.Messages;

/// <summary>A worker has stored the next version of a camera's scene. <c>POST /internal/cameras/{id}/scene/versions</c>.</summary>
public sealed record SceneVersionNote
{
    /// <summary>The version that this one is based on; 0 for the first.</summary>
    public required int Base { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Footage that the version was learned from.</summary>
    public required long FootageMs { get; init; }

    /// <summary>Number of frames with motion.</summary>
    public required long ActiveFrames { get; init; }

    /// <summary>Names of the merged scene updates.</summary>
    public required IReadOnlyList<string> Lessons { get; init; }

    /// <summary>The version does not build on its base: it is the first, shows a different view, or its base could not be read.</summary>
    public bool StartsAnew { get; init; }

    /// <summary>The version starts anew because the camera was moved.</summary>
    public bool HasMoved { get; init; }

    /// <summary>The clip that a new start was made from.</summary>
    public string? Clip { get; init; }

    /// <summary>Capture time of that clip. UTC.</summary>
    public DateTimeOffset? CapturedAt { get; init; }
}

/// <param name="Version">The number of the published version, from 1.</param>
public sealed record SceneVersionAnswer(int Version);
