namespace Siaga.Messages;

/// <summary>A camera and all its data were purged. The Backend publishes it when its own data is gone.</summary>
public sealed record CameraPurged
{
    /// <summary>The version of this message's shape. A reader ignores fields that it does not know.</summary>
    public int Version { get; init; } = 1;

    public required long CameraId { get; init; }

    public required long CompanyId { get; init; }
}
