using Siaga.Primitives;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;
using Siaga.Scenes.Scoring;
using Siaga.Video;

namespace Siaga.Scenes;

/// <summary>One clip, from its first frame to its last.</summary>
internal sealed class ClipPass
{
    private readonly IVideoReader _reader;
    private readonly FrameFeed _feed;
    private readonly MotionExtractor _extractor;
    private readonly MomentScorer _scorer;
    private readonly Fusion _fusion;
    private readonly Explainer _explainer;
    private readonly CellFrame _cells;
    private readonly CameraPose _pose;
    private readonly byte[] _thumbnail = new byte[Thumbnail.Length];
    private readonly List<double> _waiting = [];
    private SceneFrame _last;
    private SceneFrame _peak = new(-1, 0, double.NegativeInfinity, default, default);

    public ClipPass(IVideoReader reader, IPointTracker tracker, SceneState state)
    {
        var scoring = state.Scoring;
        _reader = reader;
        _feed = new FrameFeed(reader, state.Grid);
        _extractor = new MotionExtractor(state.Grid, tracker);
        _extractor.Background.Start(state.Background);
        _extractor.Background.SetNoise(state.Noise);
        _scorer = new MomentScorer(scoring.Model);
        _fusion = scoring.Fusion;
        _explainer = new Explainer(_scorer, state.Statistics.HeldOut[(int)SceneAttribute.Scene].Quantile(0.95));
        _cells = new CellFrame(state.Grid);
        _pose = new CameraPose(state.Grid, state.Background);
    }

    /// <summary>The empty scene as the clip leaves it.</summary>
    public byte[] Background => _extractor.Background.ToBytes();

    public Result<ClipScore> Run(Action<SceneFrame> each, OnlineLearning? learning, CancellationToken cancellationToken)
    {
        var looked = 0;
        while (_feed.Next(out var taken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (taken)
            {
                Look(learning);
                looked++;
            }

            // Frames before the second look have no motion of their own.
            if (looked < 2)
            {
                _waiting.Add(_feed.Seconds);
                continue;
            }

            TellWaiting(each);
            Tell(each, _feed.Index, _feed.Seconds);
        }

        if (_feed.Index < 0)
            return new Error(ErrorKind.Invalid, "clip_without_frames", "The clip has no frame that can be decoded.");
        TellWaiting(each);
        return new ClipScore(_feed.Index + 1, _peak, _pose.HasMoved());
    }

    private void Look(OnlineLearning? learning)
    {
        var grid = _cells.Grid;
        _extractor.Next(_feed.Gray, _feed.Seconds, _cells);
        _pose.See(_feed.Gray);
        Thumbnail.Make(_feed.Gray, grid.Width, grid.Height, _thumbnail);
        var scores = _scorer.Next(_cells, _thumbnail);
        var fused = _fusion.Of(scores, out var attribute);
        learning?.See(_cells, _thumbnail, _extractor.Background.Noise, scores, fused, _feed.Seconds);
        if (_cells.IsUpset)
            return;
        _last = new SceneFrame(
            0, 0, fused, _explainer.Box(attribute, _thumbnail, _reader.FrameSize), _explainer.Reason(attribute, _cells, scores));
    }

    private void TellWaiting(Action<SceneFrame> each)
    {
        for (var i = 0; i < _waiting.Count; i++)
            Tell(each, i, _waiting[i]);
        _waiting.Clear();
    }

    private void Tell(Action<SceneFrame> each, int index, double seconds)
    {
        var frame = _last with { Index = index, Seconds = seconds };
        _peak = frame.Score > _peak.Score ? frame : _peak;
        each(frame);
    }
}
