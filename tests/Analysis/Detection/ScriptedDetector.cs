using Siaga.Analysis.Detection;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Tests.Analysis.Detection;

/// <summary>A detector that finds what the test tells it to, and counts the frames that it saw.</summary>
internal sealed class ScriptedDetector(string name, params Finding[] findings) : IClipDetector
{
    public string Name => name;

    /// <summary>Number of frames over all sessions.</summary>
    public int Seen { get; private set; }

    /// <summary>Its sessions fail at the third frame.</summary>
    public bool Fails { get; init; }

    /// <summary>The clip's analysis fails when its session fails.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Its session asks to see the clip a second time.</summary>
    public bool Restarts { get; init; }

    /// <summary>Number of sessions that were started and not disposed.</summary>
    public int Open { get; private set; }

    public IClipSession Start(ClipInfo clip) => new Session(this, Restarts);

    public static Finding Alarm(string detector, double score = 6, double threshold = 3, double at = 1) =>
        new(detector, $"{detector}_alarm", score, threshold, at, at + 1, at, Alarm: true);

    private sealed class Session : IClipSession
    {
        private readonly ScriptedDetector _owner;
        private readonly bool _restarts;
        private int _frames;

        public Session(ScriptedDetector owner, bool restarts)
        {
            (_owner, _restarts) = (owner, restarts);
            owner.Open++;
        }

        public bool IsRequired => _owner.IsRequired;

        public TimeSpan Worked => TimeSpan.Zero;

        public void Add(ICurrentFrame frame)
        {
            _owner.Seen++;
            if (_owner.Fails && ++_frames == 3)
                throw new VideoException("clip_unreadable", "The third frame.");
        }

        public IClipSession? Restart(ClipLength length) => _restarts ? new Session(_owner, restarts: false) : null;

        public Result<DetectorResult> Complete(ClipLength length) => new DetectorResult(_owner.Findings);

        public void Dispose() => _owner.Open--;
    }

    private IReadOnlyList<Finding> Findings { get; } = findings;
}
