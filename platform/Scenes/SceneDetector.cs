using Siaga.Primitives;
using Siaga.Scenes.Motion;
using Siaga.Video;

namespace Siaga.Scenes;

/// <summary>Scores clips against what is normal on their camera, and learns from them. Thread-safe; each clip has a session.</summary>
/// <param name="decoder">Opens clips.</param>
/// <param name="trackers">Creates an optical flow for a clip.</param>
public sealed class SceneDetector(IVideoDecoder decoder, Func<IPointTracker> trackers)
{
    /// <summary>Starts a session on a clip that the caller decodes; scoring and learning share one pass.</summary>
    /// <param name="state">What is known of the camera; not changed.</param>
    /// <param name="clip">The clip to learn from, and its weight; null when it is only scored.</param>
    /// <param name="each">Called for each frame, in order.</param>
    public SceneSession Start(SceneState state, SceneClip clip, Action<SceneFrame> each) => new(trackers(), state, clip, each);

    /// <summary>Scores every frame of a clip.</summary>
    /// <param name="path">A video file.</param>
    /// <param name="state">What is known of the camera.</param>
    /// <param name="each">Called for each frame, in order.</param>
    /// <param name="cancellationToken">Checked between frames.</param>
    public Result<ClipScore> Score(string path, SceneState state, Action<SceneFrame> each, CancellationToken cancellationToken = default)
    {
        using var session = new SceneSession(trackers(), state, null, each);
        return Read(path, session, cancellationToken) is { } error ? error : session.Complete();
    }

    /// <summary>
    /// Scores a clip and learns from it, in one pass; moments at or above the alarm level are not learned. To learn a clip that a user
    /// marked as normal, watch it again under another name, with an infinite level and a weight.
    /// </summary>
    /// <param name="path">A video file.</param>
    /// <param name="state">What is known of the camera; not changed.</param>
    /// <param name="clip">The clip to learn from, and its weight.</param>
    /// <param name="each">Called for each frame, in order.</param>
    /// <param name="cancellationToken">Checked between frames.</param>
    /// <returns>The same as <see cref="SceneSession.CompleteLesson"/>.</returns>
    public Result<SceneDelta> Watch(
        string path, SceneState state, SceneClip clip, Action<SceneFrame> each, CancellationToken cancellationToken = default)
    {
        using var session = Start(state, clip, each);
        return Read(path, session, cancellationToken) is { } error ? error : session.CompleteLesson();
    }

    private Error? Read(string path, SceneSession session, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = decoder.Open(path);
            while (reader.Grab())
            {
                cancellationToken.ThrowIfCancellationRequested();
                session.Add(reader);
            }

            return null;
        }
        catch (VideoException e)
        {
            return new Error(ErrorKind.Invalid, e.Code, e.Message);
        }
    }
}

/// <summary>A clip to learn from.</summary>
/// <param name="Name">The clip's permanent name: a delta of the same name counts once.</param>
/// <param name="CapturedAt">The time of its first frame.</param>
/// <param name="AlarmLevel">Moments with this score or more are not learned.</param>
/// <param name="Weight">How often the clip counts, from 1.</param>
public sealed record SceneClip(string Name, DateTimeOffset CapturedAt, double AlarmLevel, int Weight = 1);

/// <summary>Summary of a clip's scores.</summary>
/// <param name="Frames">Number of decoded frames.</param>
/// <param name="Peak">The frame with the highest score.</param>
/// <param name="HasMoved">The view differs from the learned one: the scores mean little, and the camera should start anew.</param>
public sealed record ClipScore(int Frames, SceneFrame Peak, bool HasMoved);
