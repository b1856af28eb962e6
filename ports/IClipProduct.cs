using System.Text.Json;
using Siaga.Primitives;

namespace Siaga.Ports;

/// <summary>
/// Takes one part of what a worker made of a clip besides its result, such as a picture. The feature that keeps such parts registers it,
/// and knows the part's JSON; workers send all parts of a clip in one call.
/// </summary>
public interface IClipProduct
{
    /// <summary>The part's field in the call, such as <c>camera_picture</c>.</summary>
    string Part { get; }

    /// <summary>Stores the part. Safe to repeat.</summary>
    /// <returns>What the worker is to know, or why the part is refused.</returns>
    /// <exception cref="JsonException">The part cannot be read.</exception>
    Task<Result<JsonElement>> TakeAsync(long cameraId, JsonElement product, CancellationToken cancellationToken);
}
