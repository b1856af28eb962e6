using System.Runtime.InteropServices;

namespace Siaga.Scenes;

/// <summary>Makes alarms of scores: a moving average, a threshold to rise above, a lower one to fall below, and a least duration. One clip at a time.</summary>
/// <param name="threshold">Of scores, e.g. <see cref="SceneState.ThresholdFor"/>.</param>
public sealed class AlarmGate(double threshold)
{
    // Seconds that the average looks back, and that an alarm lasts at least to be one.
    private const double Memory = 0.5;
    private const double LeastSeconds = 0.3;

    // An alarm ends below so much of the threshold: one event is one alarm.
    private const double EndsBelow = 0.7;

    private double? _seconds;
    private double? _since;
    private SceneFrame _strongest;

    /// <summary>The average now, from nothing but the past.</summary>
    public double Average { get; private set; }

    /// <summary>The highest average so far: the clip's score.</summary>
    public double Highest { get; private set; }

    /// <summary>The strongest frame of the alarm that may be going on; null: none is.</summary>
    public SceneFrame? Strongest => _since is null ? null : _strongest;

    /// <summary>Takes a frame in.</summary>
    /// <returns>The alarm that has just ended, or null.</returns>
    public SceneAlarm? Next(SceneFrame frame)
    {
        var gap = frame.Seconds - _seconds is { } since and > 0 ? since : 0;
        Average = _seconds is null ? frame.Score : Average + ((1 - Math.Exp(-gap / Memory)) * (frame.Score - Average));
        _seconds = frame.Seconds;
        Highest = Math.Max(Highest, Average);
        if (_since is null && Average > threshold)
            (_since, _strongest) = (frame.Seconds, frame);
        if (_since is null)
            return null;
        _strongest = frame.Score > _strongest.Score ? frame : _strongest;
        return Average < EndsBelow * threshold ? End() : null;
    }

    /// <summary>The clip is over.</summary>
    /// <returns>The alarm that was going on, or null.</returns>
    public SceneAlarm? End()
    {
        var alarm = _since is { } since && _seconds - since >= LeastSeconds ? new SceneAlarm(since, _seconds!.Value, _strongest) : (SceneAlarm?)null;
        _since = null;
        return alarm;
    }
}

/// <summary>Something that a person should see.</summary>
/// <param name="FromS">Media time.</param>
/// <param name="ToS">Media time.</param>
/// <param name="Strongest">Its strongest moment: where and why.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneAlarm(double FromS, double ToS, SceneFrame Strongest);
