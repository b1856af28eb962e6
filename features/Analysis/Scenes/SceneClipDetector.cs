using System.Diagnostics;
using Siaga.Analysis.Detection;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Scenes;
using Siaga.Video;

namespace Siaga.Analysis.Scenes;

/// <summary>The scene detector's result for a clip.</summary>
/// <param name="Report">The finding as it is reported.</param>
/// <param name="Alarm">Start and end of the alarm, in seconds from the clip's first frame; null for none.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Seconds">The clip's length: to the end of the last frame, which lasts as long as the one before it.</param>
internal sealed record SceneResult(
    IReadOnlyList<Finding> Findings, SceneFinding Report, (double FromS, double ToS)? Alarm, int Frames, double Seconds)
    : DetectorResult(Findings)
{
    /// <summary>What the clip adds to the camera's newest version; null for nothing.</summary>
    public SceneDelta? Lesson { get; init; }

    /// <summary>True when there was no version to compare the clip with: the clip then starts the camera's scene model.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>Scores a clip against its camera's past and learns from it.</summary>
internal sealed class SceneClipDetector(SceneDetector detector) : IClipDetector
{
    // A camera with little footage has an unreliable threshold, so it is raised to the score of one moment in a hundred.
    private const double LeastThreshold = 2;

    public string Name => Detectors.Scene;

    public IClipSession? Start(ClipInfo clip) => clip.Scene switch
    {
        null => null,
        { State: null } => new FirstClip(),
        { State: { } state, Camera: var camera } => new Session(detector, clip, camera, state),
    };

    /// <summary>There is nothing to compare with yet: the clip is only read, and the model learns from it after the report.</summary>
    private sealed class FirstClip : IClipSession
    {
        private readonly FrameScores _frames = new();

        public TimeSpan Worked => TimeSpan.Zero;

        public void Add(ICurrentFrame frame) =>
            _frames.Add(new SceneFrame(_frames.Scores.Count, frame.Position.Seconds, 0, default, default));

        public Result<DetectorResult> Complete(ClipLength length)
        {
            var report = new SceneFinding { Version = 0, Score = 0, Provisional = true };
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

            // Below its own minimum of footage the detector learns from every clip. A camera that was declared ready with less footage must
            // not learn from its alarms.
            var teaches = moved || alarm is null || _state.Progress.IsEnough;
            var frame = (alarm is null ? _peak : _strongest).Frame;
            return new SceneResult(
                alarm is { } a ? [FindingOf(a, report)] : [], report, alarm is { } b ? (b.FromS, b.ToS) : null,
                _frames.Scores.Count, _frames.Seconds)
            {
                Lesson = teaches ? delta.Value : null,
                Highlight = frame is null
                    ? null
                    : new Highlight(frame, report.Explanation ?? "", _frames.Scores, report.Threshold) { Box = report.Box },
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

        private SceneFinding ReportOf(SceneFrame moment) => new()
        {
            Version = _camera.Version,
            Score = Math.Round(Math.Max(moment.Score, 0), 3),
            Threshold = Math.Round(_threshold, 3),
            Provisional = !_camera.IsReady,
            AtS = moment.Seconds,
            Box = moment.Box.Width > 0 ? [moment.Box.X, moment.Box.Y, moment.Box.Width, moment.Box.Height] : null,
            Attribute = moment.Reason.Attribute.ToString().ToLowerInvariant(),
            Explanation = moment.Reason.ToSentence(),
        };

        private static Finding FindingOf(SceneAlarm alarm, SceneFinding report) =>
            new(Detectors.Scene, report.Label(), report.Score, report.Threshold, alarm.FromS, alarm.ToS, report.AtS, Alarm: true)
            {
                Box = report.Box,
                Attribute = report.Attribute,
                Value = Finite(alarm.Strongest.Reason.Here),
                Usual = Finite(alarm.Strongest.Reason.Usual),
            };

        private static double? Finite(double value) => double.IsFinite(value) ? value : null;
    }

    /// <summary>A held frame that may become the highlight.</summary>
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

    /// <summary>The scores of all frames, the highest of them, and the clip's length.</summary>
    private sealed class FrameScores
    {
        private double _before;

        public List<double> Scores { get; } = [];

        public SceneFrame Peak { get; private set; }

        public double Seconds { get; private set; }

        /// <returns>True when the frame's score is the highest so far.</returns>
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
