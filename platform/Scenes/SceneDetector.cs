using Siaga.Primitives;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;
using Siaga.Scenes.Scoring;
using Siaga.Video;

namespace Siaga.Scenes;

/// <summary>Learns what is normal on a camera, and scores its clips against that. Safe for several threads, a clip each.</summary>
/// <param name="decoder">Opens clips.</param>
/// <param name="trackers">Makes an optical flow for a clip.</param>
public sealed class SceneDetector(IVideoDecoder decoder, Func<IPointTracker> trackers)
{
    /// <summary>Scores every frame of a clip, each from what came before it alone, but for a first one, which has no motion yet: it takes the second's.</summary>
    /// <param name="clip">A file.</param>
    /// <param name="state">What is known of the camera.</param>
    /// <param name="each">Is told of each frame, in order.</param>
    public Result<ClipScore> Score(string clip, SceneState state, Action<SceneFrame> each, CancellationToken cancellationToken = default)
    {
        try
        {
            using var reader = decoder.Open(clip);
            using var tracker = trackers();
            return new ClipPass(reader, tracker, state).Run(each, null, cancellationToken);
        }
        catch (VideoException e)
        {
            return new Error(ErrorKind.Invalid, e.Code, e.Message);
        }
    }

    /// <summary>
    /// Scores a clip and learns from it, in one pass: moments at or above the alarm level teach nothing. For a person's "this is normal", watch
    /// the clip again under another name with an infinite level and a weight.
    /// </summary>
    /// <param name="clip">A file.</param>
    /// <param name="state">What is known of the camera; it stays as it is.</param>
    /// <param name="name">Names the clip for all time: a delta of the same name counts once.</param>
    /// <param name="captured">When its first frame was.</param>
    /// <param name="alarmLevel">Of scores.</param>
    /// <param name="each">Is told of each frame, in order.</param>
    /// <param name="weight">How often it counts, from 1.</param>
    /// <returns>What it taught, for <see cref="SceneState.Merge"/>. It is the same wherever and whenever the clip is watched with this state.</returns>
    public Result<SceneDelta> Watch(
        string clip, SceneState state, string name, DateTimeOffset captured, double alarmLevel, Action<SceneFrame> each,
        int weight = 1, CancellationToken cancellationToken = default)
    {
        try
        {
            using var reader = decoder.Open(clip);
            using var tracker = trackers();
            var pass = new ClipPass(reader, tracker, state);
            var learned = new OnlineLearning(state, captured, alarmLevel, Math.Max(weight, 1));
            var score = pass.Run(each, learned, cancellationToken);
            if (!score.IsOk)
                return score.Error;
            return new SceneDelta(name, learned.Finish(), pass.Background, captured, score.Value.HasMoved);
        }
        catch (VideoException e)
        {
            return new Error(ErrorKind.Invalid, e.Code, e.Message);
        }
    }
}

/// <summary>A clip's scores in short.</summary>
/// <param name="Frames">Decoded.</param>
/// <param name="Peak">The frame with the highest score.</param>
/// <param name="HasMoved">The camera looks elsewhere than when it learned: its scores mean little, and it should start anew.</param>
public sealed record ClipScore(int Frames, SceneFrame Peak, bool HasMoved);
