using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Analysis;

/// <summary>The frames that a model wants of a clip, as it wants them.</summary>
/// <param name="Values">Frames × height × width × channels.</param>
/// <param name="Frames">Really decoded, in the whole clip.</param>
/// <param name="Seconds">Length in media time.</param>
/// <param name="FromS">Where the first wanted frame is.</param>
/// <param name="ToS">Where the last wanted frame ends.</param>
internal sealed record Sample(float[] Values, int Frames, double Seconds, double FromS, double ToS);

/// <summary>
/// Decodes every frame and converts only those that are wanted. Which they are depends on how many there really are: the header's number
/// is tried as a guess, and where it proves wrong the clip is read once more with the number that was counted.
/// </summary>
internal static class FrameSampler
{
    public static Result<Sample> Take(IVideoDecoder decoder, string path, ClipModel model, CancellationToken cancellationToken)
    {
        var guess = 0;
        for (var pass = 0; ; pass++)
        {
            using var reader = decoder.Open(path);
            var total = pass == 0 ? reader.HeaderFrames : guess;
            var (sample, counted) = Read(reader, model, StepOf(model, total), cancellationToken);
            if (counted == 0)
                return new Error(ErrorKind.Invalid, "clip_without_frames", "The clip holds no frame that can be decoded.");
            if (counted < model.Frames && model.Manifest.ShortClip == "reject")
                return new Error(ErrorKind.Invalid, "clip_too_short", $"The clip has {counted} frames; the model wants {model.Frames}.");
            if (StepOf(model, counted) == StepOf(model, total) || pass == 1)
                return sample;
            guess = counted;
        }
    }

    private static int StepOf(ClipModel model, int total) => model.Manifest.Select == "first" ? 1 : Math.Max(total / model.Frames, 1);

    private static (Sample Sample, int Counted) Read(IVideoReader reader, ClipModel model, int step, CancellationToken cancellationToken)
    {
        var format = new FrameFormat(model.Width, model.Height, ResizeOf(model.Manifest), ColourOf(model));
        var values = new float[model.Frames * format.Length];
        var pixels = new byte[format.Length];
        var (counted, filled) = (0, 0);
        double from = 0, to = 0, last = 0;
        for (; reader.Grab(); counted++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = reader.Position.Seconds;
            if (filled == model.Frames || counted != filled * step)
                continue;
            reader.Retrieve(format, pixels);
            Scale(model.Manifest.Scale, pixels, values.AsSpan(filled * format.Length, format.Length));
            from = filled == 0 ? last : from;
            to = last;
            filled++;
        }

        if (filled > 0 && model.Manifest.ShortClip == "repeat_last")
        {
            for (var i = filled; i < model.Frames; i++)
                values.AsSpan((filled - 1) * format.Length, format.Length).CopyTo(values.AsSpan(i * format.Length));
        }

        var frame = 1 / reader.NominalFramesPerSecond;
        return (new Sample(values, counted, counted == 0 ? 0 : last + frame, from, to + frame), counted);
    }

    private static void Scale(string scale, ReadOnlySpan<byte> pixels, Span<float> values)
    {
        var (divisor, offset) = scale switch
        {
            "1/256" => (256f, 0f),
            "1/127.5-1" => (127.5f, -1f),
            "none" => (1f, 0f),
            _ => (255f, 0f),
        };
        for (var i = 0; i < pixels.Length; i++)
            values[i] = (pixels[i] / divisor) + offset;
    }

    private static ResizeMethod ResizeOf(ModelManifest manifest) => manifest.Resize switch
    {
        "area" => ResizeMethod.Area,
        "nearest" => ResizeMethod.Nearest,
        "cubic" => ResizeMethod.Cubic,
        _ => ResizeMethod.Linear,
    };

    private static ColourOrder ColourOf(ClipModel model) => (model.Manifest.Colour ?? (model.Channels == 1 ? "gray" : "bgr")) switch
    {
        "rgb" => ColourOrder.Rgb,
        "gray" => ColourOrder.Gray,
        _ => ColourOrder.Bgr,
    };
}
