using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Analysis;

/// <summary>What a model is asked once.</summary>
/// <param name="Values">Frames × height × width × channels.</param>
/// <param name="FromS">Where the first wanted frame begins, seconds.</param>
/// <param name="ToS">Where the last wanted frame ends, seconds.</param>
internal sealed record Sample(float[] Values, double FromS, double ToS);

/// <param name="Frames">Really decoded, in the whole clip.</param>
/// <param name="Seconds">Length in media time.</param>
internal sealed record ClipLength(int Frames, double Seconds);

/// <summary>
/// Decodes every frame and converts only those that are wanted. Which they are may depend on how many there really are: the header's number
/// is tried as a guess, and where it proves wrong the clip is read once more with the number that was counted.
/// </summary>
internal sealed class FrameSampler(IVideoDecoder decoder, ClipModel model)
{
    private readonly FrameFormat _format = new(model.Width, model.Height, ResizeOf(model.Manifest), ColourOf(model)) { Difference = model.Manifest.Difference };
    private readonly PixelScale _scale = new(model.Manifest.Scale);
    private readonly bool _repeatLast = model.Manifest.ShortClip == "repeat_last";

    /// <summary>Reads the clip once through, and asks at each sample; a model that wants one sample gets it at the end.</summary>
    /// <param name="path">The clip.</param>
    /// <param name="ask">Called in the order of the clip. Its samples are final: none is taken back.</param>
    /// <param name="cancellationToken">Looked at between frames.</param>
    public Result<ClipLength> Read(string path, Action<Sample> ask, CancellationToken cancellationToken)
    {
        int? counted = null;
        while (true)
        {
            using var reader = decoder.Open(path);
            var selection = FrameSelection.Of(model.Manifest, model.Frames, counted ?? reader.HeaderFrames);
            var window = new FrameWindow(model.Frames, _format);
            var length = ReadFrames(reader, selection, window, ask, cancellationToken);
            if (length.Frames == 0)
                return new Error(ErrorKind.Invalid, "clip_without_frames", "The clip holds no frame that can be decoded.");
            if (length.Frames < model.Frames && model.Manifest.ShortClip == "reject")
                return new Error(ErrorKind.Invalid, "clip_too_short", $"The clip has {length.Frames} frames; the model wants {model.Frames}.");

            // A second count that differs from the first is a file that changes under us; what was taken is as good as anything.
            if (counted is null && !selection.HoldsFor(length.Frames))
            {
                counted = length.Frames;
                continue;
            }

            if (model.Manifest.Select != "window" || length.Frames < model.Frames)
                ask(Take(window, reader));
            return length;
        }
    }

    private ClipLength ReadFrames(
        IVideoReader reader, FrameSelection selection, FrameWindow window, Action<Sample> ask, CancellationToken cancellationToken)
    {
        var (index, last) = (0, 0.0);
        for (; reader.Grab(); index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = reader.Position.Seconds;
            if (selection.Wants(index))
            {
                reader.Retrieve(_format, window.Add(last));
                if (selection.Completes(index))
                    ask(Take(window, reader));
            }

            if (_format.Difference && selection.Wants(index + 1))
                reader.Keep();
        }

        return new ClipLength(index, index == 0 ? 0 : last + (1 / reader.NominalFramesPerSecond));
    }

    private Sample Take(FrameWindow window, IVideoReader reader) =>
        new(window.ToValues(_scale, _repeatLast), window.FromS, window.LastS + (1 / reader.NominalFramesPerSecond));

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
