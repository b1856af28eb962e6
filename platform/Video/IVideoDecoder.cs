using Siaga.Primitives;

namespace Siaga.Video;

/// <summary>Opens clips.</summary>
public interface IVideoDecoder
{
    /// <exception cref="VideoException">The file holds no video that can be decoded.</exception>
    IVideoReader Open(string path);
}

/// <summary>A decoded frame.</summary>
public interface IVideoFrame
{
    /// <summary>Pixels, upright; they may change from frame to frame.</summary>
    (int Width, int Height) FrameSize { get; }

    /// <summary>Where the frame is in the clip.</summary>
    MediaTime Position { get; }

    /// <summary>Converts and resizes the frame.</summary>
    /// <param name="format">The size, the colours and the method.</param>
    /// <param name="destination">Height × width × channels values of 0 to 255, row-major, channels last.</param>
    void Retrieve(FrameFormat format, Span<byte> destination);
}

/// <summary>A frame that outlives the next one. It costs the memory of a decoded picture and no work; use and dispose it before its reader is disposed.</summary>
public interface IHeldFrame : IVideoFrame, IDisposable;

/// <summary>The newest frame of a clip: valid until the next one is decoded.</summary>
public interface ICurrentFrame : IVideoFrame
{
    /// <summary>Holds the frame beyond the next one.</summary>
    IHeldFrame Hold();

    /// <summary>The absolute difference from an earlier frame, softened by a 3×3 Gaussian, instead of the frame.</summary>
    /// <param name="before">A frame of this reader. Null, or of another size: the result is black.</param>
    /// <param name="format">The size, the colours and the method.</param>
    /// <param name="destination">As in <see cref="IVideoFrame.Retrieve"/>.</param>
    void RetrieveDifference(IHeldFrame? before, FrameFormat format, Span<byte> destination);
}

/// <summary>Reads one clip from its first frame to its last, and is itself the newest frame. One thread at a time.</summary>
public interface IVideoReader : ICurrentFrame, IDisposable
{
    /// <summary>Frames a second as the header says; a guess where it does not.</summary>
    double NominalFramesPerSecond { get; }

    /// <summary>The number of frames as the header says, often wrong: worth a guess that is checked afterwards, never a result. 0: it does not say.</summary>
    int HeaderFrames { get; }

    /// <summary>What the file says that it is; null: not known.</summary>
    VideoForm? Form => null;

    /// <summary>Decodes the next frame without converting it.</summary>
    /// <returns>False after the last.</returns>
    bool Grab();
}

/// <summary>Names as FFmpeg has them.</summary>
/// <param name="Codec">Such as <c>h264</c> or <c>hevc</c>.</param>
/// <param name="PixelFormat">Such as <c>yuv420p</c>; null: not known.</param>
/// <param name="Container">Such as <c>mov,mp4,m4a,3gp,3g2,mj2</c>; null: not known.</param>
public sealed record VideoForm(string Codec, string? PixelFormat, string? Container);

/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Resize">How OpenCV resizes: models were trained on it to the bit.</param>
/// <param name="Colour">The order of channels.</param>
public sealed record FrameFormat(int Width, int Height, ResizeMethod Resize, ColourOrder Colour)
{
    public int Channels => Colour == ColourOrder.Gray ? 1 : 3;

    /// <summary>Values a frame.</summary>
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
