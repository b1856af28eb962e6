using Siaga.Primitives;
using Siaga.Scenes.Motion;
using Siaga.Video;

namespace Siaga.Scenes;

/// <summary>Scores clips against what is normal on their camera, and learns from them. Safe for several threads, a clip each.</summary>
/// <param name="decoder">Opens clips.</param>
/// <param name="trackers">Makes an optical flow for a clip.</param>
public sealed class SceneDetector(IVideoDecoder decoder, Func<IPointTracker> trackers)
{
    /// <summary>Starts on a clip that the caller decodes; it is scored and teaches in one pass.</summary>
    /// <param name="state">What is known of the camera; it stays as it is.</param>
    /// <param name="clip">Which clip it is, and how it counts.</param>
    /// <param name="each">Is told of each frame, in order.</param>
    public SceneSession Start(SceneState state, SceneClip clip, Action<SceneFrame> each) => new(trackers(), state, clip, each);

    /// <summary>Scores every frame of a clip.</summary>
    /// <param name="path">A file.</param>
    /// <param name="state">What is known of the camera.</param>
    /// <param name="each">Is told of each frame, in order.</param>
    /// <param name="cancellationToken">Looked at between frames.</param>
    public Result<ClipScore> Score(string path, SceneState state, Action<SceneFrame> each, CancellationToken cancellationToken = default)
    {
        using var session = new SceneSession(trackers(), state, null, each);
        return Read(path, session, cancellationToken) is { } error ? error : session.Complete();
    }

    /// <summary>
    /// Scores a clip and learns from it, in one pass: moments at or above the alarm level teach nothing. For a person's "this is normal", watch
    /// the clip again under another name with an infinite level and a weight.
    /// </summary>
    /// <param name="path">A file.</param>
    /// <param name="state">What is known of the camera; it stays as it is.</param>
    /// <param name="clip">Which clip it is, and how it counts.</param>
    /// <param name="each">Is told of each frame, in order.</param>
    /// <param name="cancellationToken">Looked at between frames.</param>
    /// <returns>As <see cref="SceneSession.CompleteLesson"/>.</returns>
    public Result<SceneDelta> Watch(string path, SceneState state, SceneClip clip, Action<SceneFrame> each, CancellationToken cancellationToken = default)
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

/// <summary>A clip as a scene learns from it.</summary>
/// <param name="Name">Names the clip for all time: a delta of the same name counts once.</param>
/// <param name="CapturedAt">The time of its first frame.</param>
/// <param name="AlarmLevel">Moments that score so high teach nothing.</param>
/// <param name="Weight">How often it counts, from 1.</param>
public sealed record SceneClip(string Name, DateTimeOffset CapturedAt, double AlarmLevel, int Weight = 1);

/// <summary>A clip's scores in short.</summary>
/// <param name="Frames">Decoded.</param>
/// <param name="Peak">The frame with the highest score.</param>
/// <param name="HasMoved">The camera looks elsewhere than when it learned: its scores mean little, and it should start anew.</param>
public sealed record ClipScore(int Frames, SceneFrame Peak, bool HasMoved);
