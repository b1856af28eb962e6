using Siaga.Analysis.Scenes;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Analysis.Detection;

/// <summary>Detects one kind of thing in clips. All detectors share one decoding pass. Thread-safe; each clip has a session.</summary>
internal interface IClipDetector
{
    /// <summary>The detector's name in findings and reports.</summary>
    string Name { get; }

    /// <summary>Starts a session on a clip.</summary>
    /// <returns>Null when this detector does not analyse the clip.</returns>
    IClipSession? Start(ClipInfo clip);
}

/// <summary>One detector's work on one clip. Not thread-safe.</summary>
/// <remarks>
/// A session may throw <see cref="VideoException"/> (a frame cannot be converted) and <see cref="Inference.InferenceException"/>: it then
/// ends with that error, and the other detectors go on.
/// </remarks>
internal interface IClipSession : IDisposable
{
    /// <summary>Whether a failure of this session fails the clip's analysis. Otherwise the other detectors' results count.</summary>
    bool IsRequired => false;

    /// <summary>Time spent so far on anything but decoding, converting and resizing.</summary>
    TimeSpan Worked { get; }

    /// <summary>
    /// Takes the clip's next frame. Called for every decoded frame, in order. Converting a frame is expensive: convert only what is needed.
    /// </summary>
    /// <param name="frame">Valid during this call only; hold it to keep it.</param>
    void Add(ICurrentFrame frame);

    /// <summary>Called once, at the end of the clip.</summary>
    /// <returns>
    /// Usually null. Otherwise a session that must see the clip again from its first frame, because what this one took depended on a wrong
    /// guess of the clip's length.
    /// </returns>
    IClipSession? Restart(ClipLength length) => null;

    /// <summary>Returns the result. Frames in it stay valid until the session is disposed.</summary>
    Result<DetectorResult> Complete(ClipLength length);
}

/// <summary>What is known of a clip before its first frame.</summary>
/// <param name="ClipId">The clip's id; empty for a file that is not a stored clip.</param>
/// <param name="CapturedAt">The time of its first frame. UTC.</param>
/// <param name="NominalFramesPerSecond">Frame rate from the header; a guess when the header has none.</param>
/// <param name="HeaderFrames">Number of frames from the header, often wrong; 0 when the header has none.</param>
internal sealed record ClipInfo(string ClipId, DateTimeOffset CapturedAt, double NominalFramesPerSecond, int HeaderFrames)
{
    /// <summary>What is known of the camera's scene; null when the scene detector is off or the camera is gone.</summary>
    public KnownScene? Scene { get; init; }
}

/// <param name="Frames">Number of decoded frames in the whole clip.</param>
/// <param name="Seconds">Media time to the end of the last frame, whose length follows from the header's frame rate.</param>
internal sealed record ClipLength(int Frames, double Seconds);

/// <summary>A detector's result. Detectors with more to report derive from it.</summary>
/// <param name="Findings">Empty when the detector found nothing.</param>
internal record DetectorResult(IReadOnlyList<Finding> Findings)
{
    /// <summary>The moment to show if this detector's verdict counts; null when there is none.</summary>
    public Highlight? Highlight { get; init; }
}

/// <summary>The moment of a clip to show to people.</summary>
/// <param name="Frame">The frame, held by its session.</param>
/// <param name="Caption">Drawn below the picture, on one line.</param>
/// <param name="Scores">The clip's scores from its first moment to its last.</param>
/// <param name="Threshold">Alarm threshold of the scores.</param>
internal sealed record Highlight(IHeldFrame Frame, string Caption, IReadOnlyList<double> Scores, double Threshold)
{
    /// <summary>Left, top, width and height in pixels of the frame; null when no place stands out.</summary>
    public IReadOnlyList<int>? Box { get; init; }
}
