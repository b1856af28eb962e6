using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Siaga.Scenes.OpenCv;

/// <summary>
/// Draws the detector's output onto a clip's frames: the box, the reason, and a strip with the scores so far. Not thread-safe.
/// </summary>
/// <param name="width">Frame width in pixels.</param>
/// <param name="height">Frame height in pixels, without the strip.</param>
/// <param name="threshold">The score above which a moment raises an alarm, drawn as the strip's line.</param>
public sealed class ScenePainter(int width, int height, double threshold) : IDisposable
{
    private const int JpegQuality = 85;

    private const int TextLines = 2;
    private const int Margin = 4;
    private const HersheyFonts Font = HersheyFonts.HersheySimplex;

    // Pixels. Below the frame comes the text, below that the strip: a seventh of the frame's height, but never too low to be read.
    private readonly int _line = LineOf(width);
    private readonly int _strip = Math.Max(height / 7, 32);
    private readonly Mat _canvas = new(HeightOf(width, height), width, MatType.CV_8UC3, Scalar.Black);

    private static Scalar Alarm => new(60, 60, 255);

    private static Scalar Calm => new(120, 190, 90);

    private int StripTop => _canvas.Height - _strip;

    /// <summary>Size of the drawing in pixels.</summary>
    public (int Width, int Height) Size => (_canvas.Width, _canvas.Height);

    /// <param name="bgr">The frame, three bytes a pixel.</param>
    /// <param name="frame">The detector's output for it.</param>
    /// <param name="scores">The score of every frame from the clip's first to this one; the strip's full width is
    /// <paramref name="frames"/>.</param>
    /// <param name="frames">Number of frames in the clip.</param>
    public void Draw(ReadOnlySpan<byte> bgr, SceneFrame frame, IReadOnlyList<double> scores, int frames)
    {
        using (var picture = _canvas.RowRange(0, height))
        {
            for (var y = 0; y < height; y++)
                bgr.Slice(y * width * 3, width * 3).CopyTo(MemoryMarshal.CreateSpan(ref picture.At<byte>(y, 0), width * 3));
        }

        var alarm = frame.Score > threshold;
        if (alarm && frame.Box.Width > 0)
            Cv2.Rectangle(_canvas, new Rect(frame.Box.X, frame.Box.Y, frame.Box.Width, frame.Box.Height), Alarm, Math.Max(width / 180, 1));
        Cv2.Rectangle(_canvas, new Rect(0, height, width, _canvas.Height - height), Scalar.Black, -1);
        DrawStrip(scores, frames);
        var number = FormattableString.Invariant($"{frame.Score:0.0}");
        DrawText(alarm ? $"{number}  {frame.Reason.ToSentence()}" : number, alarm ? Alarm : Calm);
    }

    /// <summary>Encodes the last drawing as an image file.</summary>
    /// <param name="format">A file extension that OpenCV knows: <c>.jpg</c>, <c>.png</c> or <c>.webp</c>.</param>
    public byte[] Encode(string format)
    {
        Cv2.ImEncode(format, _canvas, out var bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, JpegQuality));
        return bytes;
    }

    /// <summary>The last drawing, for <see cref="SceneVideo"/>.</summary>
    internal Mat Canvas => _canvas;

    public void Dispose() => _canvas.Dispose();

    private static double SizeOf(int width) => Math.Clamp(width / 900.0, 0.33, 1.2);

    /// <summary>Height of the whole drawing; even, as codecs require.</summary>
    private static int HeightOf(int width, int height) =>
        (height + (TextLines * LineOf(width)) + Margin + Math.Max(height / 7, 32) + 1) / 2 * 2;

    private static int LineOf(int width) => (int)(30 * SizeOf(width)) + Margin;

    /// <summary>Draws as many lines as fit; the rest is left out.</summary>
    private void DrawText(string text, Scalar colour)
    {
        // OpenCV's font has ASCII characters only.
        var words = text.Replace("±", "+-", StringComparison.Ordinal).Split(' ');
        var next = 0;
        for (var line = 1; line <= TextLines && next < words.Length; line++)
        {
            var shown = words[next++];
            while (next < words.Length && WidthOf($"{shown} {words[next]}") <= width - (2 * Margin))
                shown = $"{shown} {words[next++]}";
            Cv2.PutText(
                _canvas, shown, new Point(Margin, height + (line * _line) - Margin), Font, SizeOf(width), colour, 1, LineTypes.AntiAlias);
        }
    }

    private int WidthOf(string text) => Cv2.GetTextSize(text, Font, SizeOf(width), 1, out _).Width;

    private void DrawStrip(IReadOnlyList<double> scores, int frames)
    {
        var highest = Math.Max(2 * threshold, 1);
        var line = StripTop + _strip - 1 - (int)(threshold / highest * (_strip - 2));
        for (var x = 0; x < width; x++)
        {
            // The highest score of the frames in this column.
            var (from, to) =
                ((int)((long)x * frames / width), Math.Max((int)((long)(x + 1) * frames / width), (int)((long)x * frames / width) + 1));
            var score = double.NegativeInfinity;
            for (var i = from; i < Math.Min(to, scores.Count); i++)
                score = Math.Max(score, scores[i]);
            if (double.IsNegativeInfinity(score))
                break;
            var bar = (int)(Math.Clamp(score / highest, 0, 1) * (_strip - 2));
            Cv2.Line(
                _canvas, new Point(x, StripTop + _strip - 1), new Point(x, StripTop + _strip - 1 - bar), score > threshold ? Alarm : Calm);
        }

        Cv2.Line(_canvas, new Point(0, line), new Point(width - 1, line), new Scalar(200, 200, 200));
    }
}
