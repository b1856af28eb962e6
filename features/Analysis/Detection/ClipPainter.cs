using Siaga.Video;

namespace Siaga.Analysis.Detection;

/// <summary>Makes JPEG pictures of a clip's frames. Thread-safe.</summary>
internal sealed class ClipPainter(IPictureMaker maker)
{
    // Pixels. Smaller pictures are enlarged, so that the caption is readable.
    private const int LeastWidth = 480;
    private const int MostWidth = 1280;

    // Pixels. Enough for a tile of the live wall; about 40 kB.
    private const int CameraWidth = 640;

    /// <summary>Draws the verdict's moment and its finding. Call it during the pass, while held frames are valid.</summary>
    /// <returns>Null when there is no frame to show.</returns>
    public byte[]? Paint(ClipFindings findings)
    {
        if (findings.Highlight is not { } highlight)
            return null;
        var frame = highlight.Frame;
        var format = FormatOf(frame, Math.Clamp(frame.FrameSize.Width, LeastWidth, MostWidth));
        var scale = (double)format.Width / frame.FrameSize.Width;
        int Scaled(int value) => (int)Math.Round(value * scale);
        return maker.ToJpeg(new FramePicture(format.Width, format.Height, PixelsOf(frame, format), highlight.Caption)
        {
            Box = highlight.Box is [var x, var y, var width, var height] ? (Scaled(x), Scaled(y), Scaled(width), Scaled(height)) : null,
            Scores = highlight.Scores,
            Threshold = highlight.Threshold,
            At = IndexOf(frame.Position.Seconds, findings.Seconds, highlight.Scores.Count),
        });
    }

    /// <summary>Makes the camera's newest picture from a frame.</summary>
    /// <returns>Null when the frame cannot be converted; the next clip brings another chance.</returns>
    public byte[]? TryPaintCamera(IVideoFrame frame)
    {
        try
        {
            var format = FormatOf(frame, Math.Min(frame.FrameSize.Width, CameraWidth));
            return maker.ToPlainJpeg(format.Width, format.Height, PixelsOf(frame, format));
        }
        catch (VideoException)
        {
            return null;
        }
    }

    /// <summary>The index of a moment in a clip's evenly spaced scores; -1 for none.</summary>
    internal static int IndexOf(double atS, double seconds, int scores) =>
        seconds <= 0 ? -1 : Math.Clamp((int)(atS / seconds * scores), -1, scores - 1);

    private static FrameFormat FormatOf(IVideoFrame frame, int width)
    {
        var source = frame.FrameSize;
        var height = Math.Max((int)Math.Round((double)source.Height * width / source.Width), 1);
        return new FrameFormat(width, height, width > source.Width ? ResizeMethod.Cubic : ResizeMethod.Area, ColourOrder.Bgr);
    }

    private static byte[] PixelsOf(IVideoFrame frame, FrameFormat format)
    {
        var pixels = new byte[format.Length];
        frame.Retrieve(format, pixels);
        return pixels;
    }
}
