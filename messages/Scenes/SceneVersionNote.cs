namespace Siaga.Messages;

/// <summary>A worker has stored the next version of a camera's scene. <c>POST /internal/cameras/{id}/scene/versions</c>.</summary>
public sealed record SceneVersionNote
{
    /// <summary>The version that it is based on; 0: it is the first.</summary>
    public required int Base { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Footage that it was learned from.</summary>
    public required long FootageMs { get; init; }

    /// <summary>Frames in which something moves.</summary>
    public required long ActiveFrames { get; init; }

    /// <summary>Names of the scene updates that are merged in it.</summary>
    public required IReadOnlyList<string> Lessons { get; init; }

    /// <summary>It drops what was learned before: the first version, another view, or a base that could not be read.</summary>
    public bool StartsAnew { get; init; }

    /// <summary>It starts anew because the camera was moved.</summary>
    public bool HasMoved { get; init; }

    /// <summary>The clip that it was made from, if it starts anew.</summary>
    public string? Clip { get; init; }

    /// <summary>Of that clip. UTC.</summary>
    public DateTimeOffset? CapturedAt { get; init; }
}
