using System.Numerics;

namespace Siaga.Scenes.Motion;

/// <summary>Sparse optical flow: finds where points of a picture were in the picture before. Not thread-safe.</summary>
public interface IPointTracker : IDisposable
{
    /// <summary>Makes a picture the current one; the current one becomes the one before.</summary>
    /// <param name="gray">Row-major, a byte for each pixel.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels. A picture of a different size than the one before starts anew.</param>
    void Push(ReadOnlySpan<byte> gray, int width, int height);

    /// <summary>Finds points of the current picture in the one before.</summary>
    /// <param name="points">Positions in the current picture, in pixels.</param>
    /// <param name="before">Receives each point's position in the picture before; as long as the points.</param>
    /// <param name="found">Receives whether each point was found; none is when there is no picture before.</param>
    void Track(ReadOnlySpan<Vector2> points, Span<Vector2> before, Span<bool> found);
}
