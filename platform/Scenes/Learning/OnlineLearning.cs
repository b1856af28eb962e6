using Siaga.Scenes.Motion;
using Siaga.Scenes.Scoring;

namespace Siaga.Scenes.Learning;

/// <summary>Learns from a clip, apart from its alarms, what a state that has not seen it lacks.</summary>
/// <param name="state">The state that scores the clip.</param>
/// <param name="captured">The time of the clip's first frame.</param>
/// <param name="alarmLevel">Moments with this score or more are not learned once the camera has learned enough.</param>
/// <param name="weight">How often each moment counts.</param>
internal sealed class OnlineLearning(SceneState state, DateTimeOffset captured, double alarmLevel, int weight)
{
    private const double PeakSeconds = 10;

    private readonly SceneStatistics _learned = new(state.Grid);
    private readonly double _halfLives = (captured - DateTimeOffset.UnixEpoch).TotalDays / SceneState.HalfLifeDays;
    private readonly double _level = state.Progress.IsEnough ? alarmLevel : double.PositiveInfinity;
    private (double Score, double Seconds) _peak;

    public void See(CellFrame frame, ReadOnlySpan<byte> thumbnail, float noise, in AttributeScores scores, double fused, double seconds)
    {
        if (frame.IsUpset)
            return;
        _learned.Milliseconds += (long)Math.Round(frame.Gap * 1000);
        if (fused >= _level)
            return;
        _learned.Add(frame, noise);
        _learned.Exemplars.Offer(thumbnail, _halfLives, weight, captured.UtcTicks + (long)(seconds * TimeSpan.TicksPerSecond));

        // A clip that a user marked as normal is no fair sample of scores: it shows what is normal, not how often the camera is surprised.
        if (frame.Gap <= 0 || state.Statistics.Frames == 0 || weight > 1)
            return;
        for (var k = 0; k < Attributes.Count; k++)
            _learned.HeldOut[k].Add(scores[k]);
        _learned.Fused.Add(fused);
        _peak = (Math.Max(_peak.Score, fused), _peak.Seconds + frame.Gap);
        if (_peak.Seconds < PeakSeconds)
            return;
        _learned.Peaks.Add(_peak.Score);
        _peak = default;
    }

    public SceneStatistics Finish()
    {
        _learned.Scale(weight, 0);
        return _learned;
    }
}
