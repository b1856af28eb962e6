using Siaga.Primitives;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;
using Siaga.Scenes.Scoring;
using Siaga.Video;

namespace Siaga.Scenes;

/// <summary>
/// Scores one clip frame by frame; see <see cref="SceneDetector.Start"/>. Each frame is scored only from what came before it, except for
/// the first ones, which have no motion yet: they get the score of the second analysed frame. Not thread-safe.
/// </summary>
public sealed class SceneSession : IDisposable
{
    private readonly FrameFeed _feed;
    private readonly IPointTracker _tracker;
    private readonly MotionExtractor _extractor;
    private readonly MomentScorer _scorer;
    private readonly Fusion _fusion;
    private readonly Explainer _explainer;
    private readonly CellFrame _cells;
    private readonly CameraPose _pose;
    private readonly (SceneClip Clip, OnlineLearning Online)? _learning;
    private readonly Action<SceneFrame> _each;
    private readonly byte[] _thumbnail = new byte[Thumbnail.Length];
    private readonly List<double> _waiting = [];
    private int _looked;
    private SceneFrame _last;
    private SceneFrame _peak = new(-1, 0, double.NegativeInfinity, default, default);

    /// <param name="tracker">Owned by the session.</param>
    /// <param name="state">What is known of the camera.</param>
    /// <param name="clip">The clip to learn from; null when it is only scored.</param>
    /// <param name="each">Called for each frame, in order.</param>
    internal SceneSession(IPointTracker tracker, SceneState state, SceneClip? clip, Action<SceneFrame> each)
    {
        var scoring = state.Scoring;
        _feed = new FrameFeed(state.Grid);
        _tracker = tracker;
        _extractor = new MotionExtractor(state.Grid, tracker);
        _extractor.Background.Start(state.Background);
        _extractor.Background.SetNoise(state.Noise);
        _scorer = new MomentScorer(scoring.Model);
        _fusion = scoring.Fusion;
        _explainer = new Explainer(_scorer, state.Statistics.HeldOut[(int)SceneAttribute.Scene].Quantile(0.95));
        _cells = new CellFrame(state.Grid);
        _pose = new CameraPose(state.Grid, state.Background);
        _learning = clip is null ? null : (clip, new OnlineLearning(state, clip.CapturedAt, clip.AlarmLevel, Math.Max(clip.Weight, 1)));
        _each = each;
    }

    /// <summary>Adds the clip's next frame.</summary>
    /// <exception cref="VideoException">The frame cannot be converted.</exception>
    public void Add(IVideoFrame frame)
    {
        if (_feed.Take(frame))
        {
            Look(frame.FrameSize);
            _looked++;
        }

        // Frames before the second analysed one have no motion of their own.
        if (_looked < 2)
        {
            _waiting.Add(_feed.Seconds);
            return;
        }

        TellWaiting();
        Tell(_feed.Index, _feed.Seconds);
    }

    /// <summary>Ends a clip that was only scored.</summary>
    /// <returns>The summary of its scores, or <c>clip_without_frames</c>.</returns>
    public Result<ClipScore> Complete()
    {
        if (_feed.Index < 0)
            return new Error(ErrorKind.Invalid, "clip_without_frames", "The clip has no frame that can be decoded.");
        TellWaiting();
        return new ClipScore(_feed.Index + 1, _peak, _pose.HasMoved());
    }

    /// <summary>Ends a clip to learn from.</summary>
    /// <returns>What it taught, for <see cref="SceneState.Merge"/>. The same clip and state give the same result anywhere.</returns>
    public Result<SceneDelta> CompleteLesson()
    {
        var (clip, learning) = _learning ?? throw new InvalidOperationException("The session only scores.");
        var score = Complete();
        if (!score.IsOk)
            return score.Error;
        return new SceneDelta(clip.Name, learning.Finish(), _extractor.Background.ToBytes(), clip.CapturedAt, score.Value.HasMoved);
    }

    public void Dispose() => _tracker.Dispose();

    private void Look((int Width, int Height) size)
    {
        var grid = _cells.Grid;
        _extractor.Next(_feed.Gray, _feed.Seconds, _cells);
        _pose.See(_feed.Gray);
        Thumbnail.Make(_feed.Gray, grid.Width, grid.Height, _thumbnail);
        var scores = _scorer.Next(_cells, _thumbnail);
        var fused = _fusion.Of(scores, out var attribute);
        _learning?.Online.See(_cells, _thumbnail, _extractor.Background.Noise, scores, fused, _feed.Seconds);
        if (_cells.IsUpset)
            return;
        _last = new SceneFrame(0, 0, fused, _explainer.Box(attribute, _thumbnail, size), _explainer.Reason(attribute, _cells, scores));
    }

    private void TellWaiting()
    {
        for (var i = 0; i < _waiting.Count; i++)
            Tell(i, _waiting[i]);
        _waiting.Clear();
    }

    private void Tell(int index, double seconds)
    {
        var frame = _last with { Index = index, Seconds = seconds };
        _peak = frame.Score > _peak.Score ? frame : _peak;
        _each(frame);
    }
}
