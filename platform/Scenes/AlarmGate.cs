using System.Runtime.InteropServices;

namespace Siaga.Scenes;

/// <summary>
/// Turns scores into alarms with a moving average, a threshold to rise above, a lower one to fall below, and a minimum duration. One clip
/// at a time.
/// </summary>
/// <param name="threshold">The score above which an alarm starts, such as <see cref="SceneState.ThresholdFor"/>.</param>
public sealed class AlarmGate(double threshold)
{
    // Seconds: the length of the moving average, and the minimum duration of an alarm.
    private const double Memory = 0.5;
    private const double LeastSeconds = 0.3;

    // An alarm ends below this share of the threshold, so that one event gives one alarm.
    private const double EndsBelow = 0.7;

    private double? _seconds;
    private double? _since;
    private SceneFrame _strongest;

    /// <summary>The moving average of the past scores.</summary>
    public double Average { get; private set; }

    /// <summary>The highest average so far: the clip's score.</summary>
    public double Highest { get; private set; }

    /// <summary>The strongest frame of the current alarm; null when there is none.</summary>
    public SceneFrame? Strongest => _since is null ? null : _strongest;

    /// <summary>Adds a frame.</summary>
    /// <returns>The alarm that just ended, or null.</returns>
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

    /// <summary>Ends the clip.</summary>
    /// <returns>The alarm that was in progress, or null.</returns>
    public SceneAlarm? End()
    {
        var alarm = _since is { } since && _seconds - since >= LeastSeconds
            ? new SceneAlarm(since, _seconds!.Value, _strongest)
            : (SceneAlarm?)null;
        _since = null;
        return alarm;
    }
}

/// <summary>A part of a clip that a person should look at.</summary>
/// <param name="FromS">Media time in seconds.</param>
/// <param name="ToS">Media time in seconds.</param>
/// <param name="Strongest">The strongest frame, with its place and reason.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneAlarm(double FromS, double ToS, SceneFrame Strongest);
