using System.Numerics;

namespace Siaga.Scenes.Motion;

/// <summary>Sparse optical flow: where points of a picture were in the picture before. One thread at a time.</summary>
public interface IPointTracker : IDisposable
{
    /// <summary>Makes a picture the current one, and the one that was current the one before.</summary>
    /// <param name="gray">Row-major, a byte a pixel.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels. A picture of another size than the one before starts anew.</param>
    void Push(ReadOnlySpan<byte> gray, int width, int height);

    /// <summary>Finds points of the current picture in the one before.</summary>
    /// <param name="points">Pixels, in the current picture.</param>
    /// <param name="before">Receives where each was, as many.</param>
    /// <param name="found">Receives which of them were found at all, as many; none where there is no picture before.</param>
    void Track(ReadOnlySpan<Vector2> points, Span<Vector2> before, Span<bool> found);
}
