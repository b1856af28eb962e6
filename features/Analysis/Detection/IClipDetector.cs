using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Analysis.Detection;

/// <summary>Looks for one kind of thing in clips. All detectors see a clip in the same decoding pass. Safe for several threads, a session each.</summary>
internal interface IClipDetector
{
    /// <summary>As findings and reports name it.</summary>
    string Name { get; }

    /// <summary>Starts on a clip.</summary>
    /// <returns>Null: this detector does not look at this clip.</returns>
    IClipSession? Start(ClipInfo clip);
}

/// <summary>A detector at work on one clip. One thread at a time.</summary>
/// <remarks>
/// A session may throw <see cref="VideoException"/> (a frame cannot be converted) and <see cref="Inference.InferenceException"/>: it then ends with
/// that error, and the other detectors go on.
/// </remarks>
internal interface IClipSession : IDisposable
{
    /// <summary>The clip's analysis fails where this session does. Otherwise what the other detectors found counts without it.</summary>
    bool IsRequired => false;

    /// <summary>Time spent so far on anything but decoding, converting and resizing.</summary>
    TimeSpan Worked { get; }

    /// <summary>Takes the clip's next frame. Every decoded frame comes here, in order; converting one costs, so take only those that are needed.</summary>
    /// <param name="frame">Valid during this call; hold it to keep it.</param>
    void Add(ICurrentFrame frame);

    /// <summary>Asked once the clip is over.</summary>
    /// <returns>
    /// Null in the common case. Otherwise a session that has to see the clip once more from its first frame, because what this one took depended on
    /// a wrong guess of the clip's length.
    /// </returns>
    IClipSession? Restart(ClipLength length) => null;

    /// <summary>Ends the session. Frames that the result holds stay valid until the session is disposed.</summary>
    Result<DetectorResult> Complete(ClipLength length);
}

/// <summary>What is known of a clip before its first frame.</summary>
/// <param name="ClipId">Its id; empty for a file that is no stored clip.</param>
/// <param name="CapturedAt">The time of its first frame. UTC.</param>
/// <param name="NominalFramesPerSecond">As the header says; a guess where it does not.</param>
/// <param name="HeaderFrames">As the header says, often wrong: a guess. 0: it does not say.</param>
internal sealed record ClipInfo(string ClipId, DateTimeOffset CapturedAt, double NominalFramesPerSecond, int HeaderFrames)
{
    /// <summary>What is known of the camera's scene; null: the scene detector is off, or the camera is gone.</summary>
    public KnownScene? Scene { get; init; }
}

/// <param name="Frames">Really decoded, in the whole clip.</param>
/// <param name="Seconds">Media time to the end of the last frame, which lasts as long as the header's frame rate says.</param>
internal sealed record ClipLength(int Frames, double Seconds);

/// <summary>What a detector found. Detectors with more to say derive from it.</summary>
/// <param name="Findings">Empty: nothing.</param>
internal record DetectorResult(IReadOnlyList<Finding> Findings)
{
    /// <summary>The moment to show to a person if the detector's verdict counts; null: it has none.</summary>
    public Highlight? Highlight { get; init; }
}

/// <summary>The moment of a clip that a person should see.</summary>
/// <param name="Frame">The frame, held by the session that gave it.</param>
/// <param name="Caption">Below the picture, on one line.</param>
/// <param name="Scores">The clip's scores from its first moment to its last.</param>
/// <param name="Threshold">Of the scores.</param>
internal sealed record Highlight(IHeldFrame Frame, string Caption, IReadOnlyList<double> Scores, double Threshold)
{
    /// <summary>Left, top, width and height in pixels of the frame; null: no place stands out.</summary>
    public IReadOnlyList<int>? Box { get; init; }
}
