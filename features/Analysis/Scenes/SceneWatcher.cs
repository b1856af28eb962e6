using Siaga.Primitives;
using Siaga.Scenes;
using Siaga.Video;

namespace Siaga.Analysis.Scenes;

/// <summary>What watching a clip gave.</summary>
/// <param name="Report">For people.</param>
/// <param name="Alarm">When the alarm was, seconds from the clip's first frame; null: there is none.</param>
/// <param name="Scores">Of each frame.</param>
internal sealed record WatchedClip(SceneReport Report, (double FromS, double ToS)? Alarm, IReadOnlyList<double> Scores)
{
    public int Frames => Scores.Count;

    /// <summary>The clip's length.</summary>
    public required double Seconds { get; init; }

    /// <summary>What it taught beside the camera's newest version; null: nothing.</summary>
    public SceneDelta? Lesson { get; init; }

    /// <summary>There was no version to compare it with: it is to begin the camera's scene.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>Scores a clip against its camera's past and learns from it, in one pass. Safe for several threads.</summary>
internal sealed class SceneWatcher(SceneDetector detector, SceneLearner learner, IVideoDecoder decoder)
{
    // A camera that has seen little has a threshold made of little: one moment in a hundred is no alarm, whatever it says.
    private const double LeastThreshold = 2;

    /// <param name="path">The clip.</param>
    /// <param name="name">Names what it teaches.</param>
    /// <param name="captured">When its first frame was.</param>
    /// <param name="scene">What the Backend says of the camera.</param>
    /// <param name="state">The newest version; null: there is none that can be read.</param>
    /// <param name="cancellationToken">Looked at between frames.</param>
    public Result<WatchedClip> Watch(
        string path, string name, DateTimeOffset captured, CameraScene scene, SceneState? state, CancellationToken cancellationToken)
    {
        if (state is null)
            return LookThrough(path, cancellationToken);
        var threshold = Math.Max(state.ThresholdFor(scene.FalseAlarmsADay), LeastThreshold);
        var (frames, gate) = (new Frames(), new AlarmGate(threshold));
        var alarms = new List<SceneAlarm>();
        var delta = detector.Watch(path, state, name, captured, threshold, See, cancellationToken: cancellationToken);
        if (!delta.IsOk)
            return delta.Error;
        Keep(gate.End());
        var alarm = scene.IsReady && !delta.Value.HasMoved && alarms.Count > 0 ? alarms.MaxBy(a => a.Strongest.Score) : (SceneAlarm?)null;

        // Without enough by its own measure the detector learns whatever comes; a camera that was declared ready on less must not.
        var teaches = delta.Value.HasMoved || alarm is null || state.Progress.IsEnough;
        var report = ReportOf(alarm?.Strongest ?? frames.Peak, scene, threshold) with { Alarm = alarm is not null, Moved = delta.Value.HasMoved };
        return new WatchedClip(report, alarm is { } a ? (a.FromS, a.ToS) : null, frames.Scores)
        {
            Seconds = frames.Seconds,
            Lesson = teaches ? delta.Value : null,
        };

        void See(SceneFrame frame)
        {
            frames.Add(frame);
            Keep(gate.Next(frame));
        }

        void Keep(SceneAlarm? ended)
        {
            if (ended is { } one)
                alarms.Add(one);
        }
    }

    /// <summary>A person says that the clip is normal: all of it counts, several times over.</summary>
    public Result<SceneDelta> Believe(string path, string name, DateTimeOffset captured, SceneState state, CancellationToken cancellationToken)
    {
        const int Weight = 10;
        return detector.Watch(path, state, name, captured, double.PositiveInfinity, _ => { }, Weight, cancellationToken);
    }

    /// <summary>A scene made of this clip alone: of a camera's first, or of the first after it was moved.</summary>
    public Result<SceneState> Learn(string path, CancellationToken cancellationToken)
    {
        var first = learner.Learn([path], null, null, cancellationToken);

        // The learner names the file, which is ours and of no interest to anybody.
        return first.IsOk ? first : first.Error with { Message = first.Error.Message.Replace($"{path}: ", "", StringComparison.Ordinal) };
    }

    /// <summary>There is nothing to compare with yet: the clip is looked through, and taught after it was reported.</summary>
    private Result<WatchedClip> LookThrough(string path, CancellationToken cancellationToken)
    {
        try
        {
            var frames = new Frames();
            using var reader = decoder.Open(path);
            while (reader.Grab())
            {
                cancellationToken.ThrowIfCancellationRequested();
                frames.Add(new SceneFrame(frames.Scores.Count, reader.Position.Seconds, 0, default, default));
            }

            if (frames.Scores.Count == 0)
                return new Error(ErrorKind.Invalid, "clip_without_frames", "The clip has no frame that can be decoded.");
            var report = new SceneReport(0, 0, 0, Alarm: false, Provisional: true, Moved: false, 0, null, null, null);
            return new WatchedClip(report, null, frames.Scores) { Seconds = frames.Seconds, IsFirst = true };
        }
        catch (VideoException e)
        {
            return new Error(ErrorKind.Invalid, e.Code, e.Message);
        }
    }

    private static SceneReport ReportOf(SceneFrame moment, CameraScene scene, double threshold) => new(
        scene.Version, Math.Round(Math.Max(moment.Score, 0), 3), Math.Round(threshold, 3), Alarm: false, Provisional: !scene.IsReady, Moved: false,
        moment.Seconds, moment.Box.Width > 0 ? [moment.Box.X, moment.Box.Y, moment.Box.Width, moment.Box.Height] : null,
        moment.Reason.Attribute.ToString().ToLowerInvariant(), moment.Reason.ToSentence());

    /// <summary>Every frame's score, the highest, and how long the clip is.</summary>
    private sealed class Frames
    {
        private double _before;

        public List<double> Scores { get; } = [];

        public SceneFrame Peak { get; private set; }

        /// <summary>To the last frame's end, which lasts as long as the one before it.</summary>
        public double Seconds { get; private set; }

        public void Add(SceneFrame frame)
        {
            if (Scores.Count == 0 || frame.Score > Peak.Score)
                Peak = frame;
            Scores.Add(frame.Score);
            Seconds = frame.Seconds + Math.Max(frame.Seconds - _before, 0);
            _before = frame.Seconds;
        }
    }
}
