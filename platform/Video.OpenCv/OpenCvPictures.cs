using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Siaga.Video.OpenCv;

/// <summary>Draws box, caption and a strip of scores with OpenCV. Thread-safe.</summary>
public sealed class OpenCvPictures : IPictureMaker
{
    // JPEG quality. A person's outlines stay sharp, and a picture of 1280 × 720 has about 150 kB.
    private const int JpegQuality = 85;

    // Pixels.
    private const int CaptionHeight = 28;
    private const int StripHeight = 48;
    private const int Margin = 6;

    private static Scalar Alarm => new(60, 60, 255);

    private static Scalar Calm => new(120, 190, 90);

    private static Scalar Faint => new(110, 110, 110);

    public byte[] ToJpeg(FramePicture picture)
    {
        using var canvas = new Mat(picture.Height + CaptionHeight + StripHeight, picture.Width, MatType.CV_8UC3, Scalar.Black);
        using (var frame = canvas.RowRange(0, picture.Height))
        {
            Fill(frame, picture.Bgr.Span);
        }

        if (picture.Box is { Width: > 0, Height: > 0 } box)
            Cv2.Rectangle(canvas, new Rect(box.X, box.Y, box.Width, box.Height), Alarm, Math.Max(picture.Width / 240, 2));
        DrawCaption(canvas, picture);
        DrawStrip(canvas, picture);
        return Encode(canvas);
    }

    public byte[] ToPlainJpeg(int width, int height, ReadOnlySpan<byte> bgr)
    {
        using var canvas = new Mat(height, width, MatType.CV_8UC3);
        Fill(canvas, bgr);
        return Encode(canvas);
    }

    private static void Fill(Mat frame, ReadOnlySpan<byte> bgr)
    {
        var (row, height) = (frame.Width * 3, frame.Height);
        for (var y = 0; y < height; y++)
            bgr.Slice(y * row, row).CopyTo(MemoryMarshal.CreateSpan(ref frame.At<byte>(y, 0), row));
    }

    private static byte[] Encode(Mat canvas)
    {
        Cv2.ImEncode(".jpg", canvas, out var bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, JpegQuality));
        return bytes;
    }

    private static void DrawCaption(Mat canvas, FramePicture picture)
    {
        // OpenCV's font has ASCII characters only.
        var caption = picture.Caption.Replace("±", "+-", StringComparison.Ordinal);
        var text = new string([.. caption.Select(c => c is >= ' ' and <= '~' ? c : '?')]);
        var whole = Cv2.GetTextSize(text, HersheyFonts.HersheySimplex, 1, 1, out _);
        var scale = Math.Min((picture.Width - (2.0 * Margin)) / Math.Max(whole.Width, 1), 0.6);
        Cv2.PutText(
            canvas, text, new Point(Margin, picture.Height + CaptionHeight - 9), HersheyFonts.HersheySimplex, scale,
            new Scalar(235, 235, 235), 1, LineTypes.AntiAlias);
    }

    private static void DrawStrip(Mat canvas, FramePicture picture)
    {
        if (picture.Scores.Count == 0)
            return;
        var (bottom, count) = (canvas.Height - 1, picture.Scores.Count);
        var highest = Math.Max(Math.Max(picture.Scores.Max(), 1.5 * picture.Threshold), 1e-9);
        int Rise(double score) => (int)(Math.Clamp(score / highest, 0, 1) * (StripHeight - 4));
        for (var x = 0; x < picture.Width; x++)
        {
            // The highest of the scores in this column.
            var from = (int)((long)x * count / picture.Width);
            var to = Math.Max((int)((long)(x + 1) * count / picture.Width), from + 1);
            var score = 0.0;
            for (var i = from; i < Math.Min(to, count); i++)
                score = Math.Max(score, picture.Scores[i]);
            Cv2.Line(canvas, new Point(x, bottom), new Point(x, bottom - Rise(score)), score > picture.Threshold ? Alarm : Calm);
        }

        var line = bottom - Rise(picture.Threshold);
        Cv2.Line(canvas, new Point(0, line), new Point(picture.Width - 1, line), Faint);
        if (picture.At >= 0)
        {
            var at = (int)((long)((2 * picture.At) + 1) * picture.Width / (2 * count));
            Cv2.Line(canvas, new Point(at, bottom), new Point(at, bottom - StripHeight + 2), new Scalar(235, 235, 235));
        }
    }
}
