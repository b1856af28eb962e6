using Siaga.Primitives;

namespace Siaga.Video;

/// <summary>Opens clips.</summary>
public interface IVideoDecoder
{
    /// <exception cref="VideoException">The file has no video that can be decoded.</exception>
    IVideoReader Open(string path);
}

/// <summary>A decoded frame.</summary>
public interface IVideoFrame
{
    /// <summary>Size in pixels, upright; it may change from frame to frame.</summary>
    (int Width, int Height) FrameSize { get; }

    /// <summary>The frame's position in the clip.</summary>
    MediaTime Position { get; }

    /// <summary>Converts and resizes the frame.</summary>
    /// <param name="format">The size, the colours and the method.</param>
    /// <param name="destination">Height × width × channels values of 0 to 255, row-major, channels last.</param>
    void Retrieve(FrameFormat format, Span<byte> destination);
}

/// <summary>
/// A frame that outlives the next one. Holding it costs the memory of a decoded picture and no work. Use and dispose it before its
/// reader is disposed.
/// </summary>
public interface IHeldFrame : IVideoFrame, IDisposable;

/// <summary>The newest frame of a clip: valid until the next one is decoded.</summary>
public interface ICurrentFrame : IVideoFrame
{
    /// <summary>Holds the frame beyond the next one.</summary>
    IHeldFrame Hold();

    /// <summary>The absolute difference from an earlier frame, blurred by a 3×3 Gaussian, instead of the frame itself.</summary>
    /// <param name="before">A frame of this reader. If it is null or of a different size, the result is black.</param>
    /// <param name="format">The size, the colours and the method.</param>
    /// <param name="destination">As in <see cref="IVideoFrame.Retrieve"/>.</param>
    void RetrieveDifference(IHeldFrame? before, FrameFormat format, Span<byte> destination);
}

/// <summary>Reads one clip from its first frame to its last, and is itself the newest frame. Not thread-safe.</summary>
public interface IVideoReader : ICurrentFrame, IDisposable
{
    /// <summary>Frames a second from the header; a guess when the header has none.</summary>
    double NominalFramesPerSecond { get; }

    /// <summary>
    /// The number of frames from the header, often wrong: use it as a guess to check later, never as a result. 0 when the header has none.
    /// </summary>
    int HeaderFrames { get; }

    /// <summary>The file's format; null when unknown.</summary>
    VideoForm? Form => null;

    /// <summary>Decodes the next frame without converting it.</summary>
    /// <returns>False after the last frame.</returns>
    bool Grab();
}

/// <summary>A video format, in FFmpeg's names.</summary>
/// <param name="Codec">Such as <c>h264</c> or <c>hevc</c>.</param>
/// <param name="PixelFormat">Such as <c>yuv420p</c>; null when unknown.</param>
/// <param name="Container">Such as <c>mov,mp4,m4a,3gp,3g2,mj2</c>; null when unknown.</param>
public sealed record VideoForm(string Codec, string? PixelFormat, string? Container);

/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Resize">OpenCV's interpolation: the result must match the models' training to the bit.</param>
/// <param name="Colour">Order of the channels.</param>
public sealed record FrameFormat(int Width, int Height, ResizeMethod Resize, ColourOrder Colour)
{
    public int Channels => Colour == ColourOrder.Gray ? 1 : 3;

    /// <summary>Number of values in a frame.</summary>
    public int Length => Width * Height * Channels;
}

public enum ResizeMethod
{
    Linear,
    Area,
    Nearest,
    Cubic,
}

public enum ColourOrder
{
    Bgr,
    Rgb,
    Gray,
}

/// <summary>A clip that cannot be decoded.</summary>
/// <param name="code"><c>clip_empty</c>, <c>clip_unreadable</c> or <c>clip_without_frames</c>.</param>
/// <param name="message">For a person.</param>
public sealed class VideoException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
