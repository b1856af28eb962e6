using CsCheck;
using Siaga.Scenes;

namespace Siaga.Tests.Unit.Scenes;

public sealed class AlarmGateTests
{
    private const double Threshold = 4;
    private const double FrameSeconds = 0.1;

    private static readonly Gen<double[]> s_scores = Gen.Double[0, 12].Array[1, 300];

    [Fact]
    public void Scores_that_stay_below_the_threshold_raise_nothing() =>
        Gen.Double[0, Threshold].Array[1, 300].Sample(scores => Alarms(scores).Count == 0);

    [Fact]
    public void Alarms_follow_each_other_within_the_clip_and_last_long_enough() => s_scores.Sample(scores =>
    {
        var (end, alarms) = (-1.0, Alarms(scores));
        foreach (var alarm in alarms)
        {
            if (alarm.FromS <= end || alarm.ToS - alarm.FromS < 0.3 - 1e-9 || alarm.ToS > (scores.Length - 1) * FrameSeconds + 1e-9)
                return false;
            end = alarm.ToS;
        }

        return true;
    });

    [Fact]
    public void The_strongest_moment_lies_within_its_alarm_and_is_the_strongest_there() =>
        s_scores.Sample(scores => Alarms(scores).All(alarm =>
        {
            var within = scores.Where((_, i) => i * FrameSeconds >= alarm.FromS - 1e-9 && i * FrameSeconds <= alarm.ToS + 1e-9);
            return alarm.Strongest.Seconds >= alarm.FromS && alarm.Strongest.Seconds <= alarm.ToS && alarm.Strongest.Score == within.Max();
        }));

    [Fact]
    public void A_single_high_frame_is_no_alarm() =>
        Assert.Empty(Alarms([.. Enumerable.Repeat(0.0, 20), 8, .. Enumerable.Repeat(0.0, 20)]));

    [Fact]
    public void One_event_that_dips_for_a_moment_is_one_alarm() =>
        Assert.Single(Alarms([.. Enumerable.Repeat(9.0, 20), 3, 3, .. Enumerable.Repeat(9.0, 20), .. Enumerable.Repeat(0.0, 20)]));

    [Fact]
    public void An_alarm_that_goes_on_at_the_clips_end_counts() =>
        Assert.Single(Alarms([.. Enumerable.Repeat(0.0, 5), .. Enumerable.Repeat(9.0, 20)]));

    [Fact]
    public void The_strongest_frame_so_far_is_known_while_the_alarm_goes_on_and_not_after_it()
    {
        var gate = new AlarmGate(Threshold);
        Assert.Null(gate.Strongest);
        for (var i = 0; i < 20; i++)
            gate.Next(Frame(i, 9 + (i % 3)));
        Assert.Equal(11, gate.Strongest!.Value.Score);
        for (var i = 20; i < 60; i++)
            gate.Next(Frame(i, 0));
        Assert.Null(gate.Strongest);
    }

    private static List<SceneAlarm> Alarms(double[] scores)
    {
        var (gate, alarms) = (new AlarmGate(Threshold), new List<SceneAlarm>());
        for (var i = 0; i < scores.Length; i++)
        {
            if (gate.Next(Frame(i, scores[i])) is { } ended)
                alarms.Add(ended);
        }

        if (gate.End() is { } last)
            alarms.Add(last);
        return alarms;
    }

    private static SceneFrame Frame(int index, double score) => new(index, index * FrameSeconds, score, default, default);
}
