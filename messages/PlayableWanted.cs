namespace Siaga.Messages;

/// <summary>A user wants to watch a clip that browsers cannot play. The Backend publishes it once for each request.</summary>
public sealed record PlayableWanted
{
    /// <summary>The version of this message's shape. A reader ignores fields that it does not know.</summary>
    public int Version { get; init; } = 1;

    public required string ClipId { get; init; }

    public required long CameraId { get; init; }

    public required long CompanyId { get; init; }

    /// <summary>The clip's key in object storage.</summary>
    public required string VideoPath { get; init; }
}
