namespace Siaga.Video;

/// <summary>Makes pictures that show people what was found in a frame.</summary>
public interface IPictureMaker
{
    /// <returns>A JPEG file.</returns>
    byte[] ToJpeg(FramePicture picture);

    /// <summary>A frame without any drawing.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="bgr">Height × width × 3 values, blue first.</param>
    /// <returns>A JPEG file.</returns>
    byte[] ToPlainJpeg(int width, int height, ReadOnlySpan<byte> bgr);
}

/// <summary>A frame and what was found in it.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Bgr">Height × width × 3 values, blue first.</param>
/// <param name="Caption">Drawn below the frame, on one line.</param>
public sealed record FramePicture(int Width, int Height, ReadOnlyMemory<byte> Bgr, string Caption)
{
    /// <summary>The box in pixels of this frame; null when no place stands out.</summary>
    public (int X, int Y, int Width, int Height)? Box { get; init; }

    /// <summary>The clip's scores from its first moment to its last, drawn from left to right.</summary>
    public IReadOnlyList<double> Scores { get; init; } = [];

    /// <summary>The threshold's line in the strip of scores; scores above it are red.</summary>
    public double Threshold { get; init; }

    /// <summary>Index of the shown moment in the scores; -1 for none.</summary>
    public int At { get; init; } = -1;
}
