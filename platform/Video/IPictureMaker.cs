namespace Siaga.Video;

/// <summary>Makes pictures for people of frames in which something was found.</summary>
public interface IPictureMaker
{
    /// <returns>A JPEG file.</returns>
    byte[] ToJpeg(FramePicture picture);

    /// <summary>A frame as it is, with nothing drawn on it.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="bgr">Height × width × 3 values, blue first.</param>
    /// <returns>A JPEG file.</returns>
    byte[] ToPlainJpeg(int width, int height, ReadOnlySpan<byte> bgr);
}

/// <summary>A frame with what was found in it.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Bgr">Height × width × 3 values, blue first.</param>
/// <param name="Caption">Below the frame, on one line.</param>
public sealed record FramePicture(int Width, int Height, ReadOnlyMemory<byte> Bgr, string Caption)
{
    /// <summary>Where it is, in pixels of this frame; null: no place stands out.</summary>
    public (int X, int Y, int Width, int Height)? Box { get; init; }

    /// <summary>The clip's scores from its first moment to its last, drawn from left to right.</summary>
    public IReadOnlyList<double> Scores { get; init; } = [];

    /// <summary>The line in the strip of scores; what is above it is red.</summary>
    public double Threshold { get; init; }

    /// <summary>Which of the scores is shown; -1: none.</summary>
    public int At { get; init; } = -1;
}
