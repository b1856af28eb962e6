using System.Diagnostics;
using Siaga.Analysis.Detection;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Scenes;
using Siaga.Video;

namespace Siaga.Analysis.Scenes;

/// <summary>What the scene detector made of a clip.</summary>
/// <param name="Report">For people.</param>
/// <param name="Alarm">When the alarm was, seconds from the clip's first frame; null: there is none.</param>
/// <param name="Frames">How many there are.</param>
/// <param name="Seconds">The clip's length: to the last frame's end, which lasts as long as the one before it.</param>
internal sealed record SceneResult(
    IReadOnlyList<Finding> Findings, SceneReport Report, (double FromS, double ToS)? Alarm, int Frames, double Seconds) : DetectorResult(Findings)
{
    /// <summary>What the clip taught beside the camera's newest version; null: nothing.</summary>
    public SceneDelta? Lesson { get; init; }

    /// <summary>There was no version to compare the clip with: it is to begin the camera's scene.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>Scores a clip against its camera's past and learns from it.</summary>
internal sealed class SceneClipDetector(SceneDetector detector) : IClipDetector
{
    // A camera that has seen little has a threshold made of little: one moment in a hundred is no alarm, whatever it says.
    private const double LeastThreshold = 2;

    public string Name => "scene";

    public IClipSession? Start(ClipInfo clip) => clip.Scene switch
    {
        null => null,
        { State: null } => new FirstClip(),
        { State: { } state, Camera: var camera } => new Session(detector, clip, camera, state),
    };

    /// <summary>There is nothing to compare with yet: the clip is looked through, and teaches after it was reported.</summary>
    private sealed class FirstClip : IClipSession
    {
        private readonly FrameScores _frames = new();

        public TimeSpan Worked => TimeSpan.Zero;

        public void Add(ICurrentFrame frame) => _frames.Add(new SceneFrame(_frames.Scores.Count, frame.Position.Seconds, 0, default, default));

        public Result<DetectorResult> Complete(ClipLength length)
        {
            var report = new SceneReport(0, 0, 0, Alarm: false, Provisional: true, Moved: false, 0, null, null, null);
            return new SceneResult([], report, null, _frames.Scores.Count, _frames.Seconds) { IsFirst = true };
        }

        public void Dispose()
        {
        }
    }

    private sealed class Session : IClipSession
    {
        private readonly SceneInfo _camera;
        private readonly SceneState _state;
        private readonly double _threshold;
        private readonly SceneSession _session;
        private readonly AlarmGate _gate;
        private readonly FrameScores _frames = new();
        private readonly Moment _peak = new();
        private readonly Moment _current = new();
        private readonly Moment _strongest = new();
        private SceneAlarm? _alarm;
        private ICurrentFrame? _frame;

        public Session(SceneDetector detector, ClipInfo clip, SceneInfo camera, SceneState state)
        {
            (_camera, _state) = (camera, state);
            _threshold = Math.Max(state.ThresholdFor(camera.FalseAlarmsADay), LeastThreshold);
            _gate = new AlarmGate(_threshold);
            _session = detector.Start(state, new SceneClip(clip.ClipId, clip.CapturedAt, _threshold), See);
        }

        public TimeSpan Worked { get; private set; }

        public void Add(ICurrentFrame frame)
        {
            var start = Stopwatch.GetTimestamp();
            _frame = frame;
            _session.Add(frame);
            Worked += Stopwatch.GetElapsedTime(start);
        }

        public Result<DetectorResult> Complete(ClipLength length)
        {
            var delta = _session.CompleteLesson();
            if (!delta.IsOk)
                return delta.Error;
            if (_gate.End() is { } last)
                Ended(last);
            var moved = delta.Value.HasMoved;
            var alarm = _camera.IsReady && !moved ? _alarm : null;
            var moment = alarm?.Strongest ?? _frames.Peak;
            var report = ReportOf(moment) with { Alarm = alarm is not null, Moved = moved };

            // Without enough by its own measure the detector learns whatever comes; a camera that was declared ready on less must not.
            var teaches = moved || alarm is null || _state.Progress.IsEnough;
            var frame = (alarm is null ? _peak : _strongest).Frame;
            return new SceneResult(
                alarm is { } a ? [FindingOf(a, report)] : [], report, alarm is { } b ? (b.FromS, b.ToS) : null, _frames.Scores.Count, _frames.Seconds)
            {
                Lesson = teaches ? delta.Value : null,
                Highlight = frame is null ? null : new Highlight(frame, report.Explanation ?? "", _frames.Scores, report.Threshold) { Box = report.Box },
            };
        }

        public void Dispose()
        {
            _session.Dispose();
            _peak.Dispose();
            _current.Dispose();
            _strongest.Dispose();
        }

        private void See(SceneFrame scored)
        {
            var isPeak = _frames.Add(scored);
            if (isPeak)
                _peak.Hold(_frame!);
            var ended = _gate.Next(scored);
            if (_gate.Strongest?.Index == scored.Index)
                _current.Hold(_frame!);
            if (ended is { } alarm)
                Ended(alarm);
        }

        /// <summary>Of several alarms in a clip the strongest counts.</summary>
        private void Ended(SceneAlarm alarm)
        {
            if (_alarm is { } before && before.Strongest.Score >= alarm.Strongest.Score)
                return;
            _alarm = alarm;
            _strongest.TakeFrom(_current);
        }

        private SceneReport ReportOf(SceneFrame moment) => new(
            _camera.Version, Math.Round(Math.Max(moment.Score, 0), 3), Math.Round(_threshold, 3), Alarm: false, Provisional: !_camera.IsReady,
            Moved: false, moment.Seconds, moment.Box.Width > 0 ? [moment.Box.X, moment.Box.Y, moment.Box.Width, moment.Box.Height] : null,
            moment.Reason.Attribute.ToString().ToLowerInvariant(), moment.Reason.ToSentence());

        private static Finding FindingOf(SceneAlarm alarm, SceneReport report) =>
            new("scene", report.Label(), report.Score, report.Threshold, alarm.FromS, alarm.ToS, report.AtS, Alarm: true)
            {
                Box = report.Box,
                Attribute = report.Attribute,
                Value = Finite(alarm.Strongest.Reason.Here),
                Usual = Finite(alarm.Strongest.Reason.Usual),
            };

        private static double? Finite(double value) => double.IsFinite(value) ? value : null;
    }

    /// <summary>A frame that may have to be shown.</summary>
    private sealed class Moment : IDisposable
    {
        public IHeldFrame? Frame { get; private set; }

        public void Hold(ICurrentFrame frame)
        {
            Frame?.Dispose();
            Frame = frame.Hold();
        }

        public void TakeFrom(Moment other)
        {
            Frame?.Dispose();
            (Frame, other.Frame) = (other.Frame, null);
        }

        public void Dispose() => Frame?.Dispose();
    }

    /// <summary>Every frame's score, the highest, and how long the clip is.</summary>
    private sealed class FrameScores
    {
        private double _before;

        public List<double> Scores { get; } = [];

        public SceneFrame Peak { get; private set; }

        public double Seconds { get; private set; }

        /// <returns>It is the highest so far.</returns>
        public bool Add(SceneFrame frame)
        {
            var isPeak = Scores.Count == 0 || frame.Score > Peak.Score;
            if (isPeak)
                Peak = frame;
            Scores.Add(frame.Score);
            Seconds = frame.Seconds + Math.Max(frame.Seconds - _before, 0);
            _before = frame.Seconds;
            return isPeak;
        }
    }
}
