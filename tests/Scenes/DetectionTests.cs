using Siaga.Scenes;

namespace Siaga.Tests.Scenes;

/// <summary>A camera that has learned a walker recognises what is like it and what is not.</summary>
public sealed class DetectionTests
{
    private static readonly TestHost s_host = new();

    [Fact]
    public void Another_walk_like_those_learned_is_normal() =>
        Assert.InRange(s_host.Alarms(s_host.Score(s_host.Scene.Walk("again", 150, start: 7))), 0, 0.1);

    [Fact]
    public void Somebody_three_times_as_fast_is_found_and_said_to_be_fast_where_he_is()
    {
        var frames = s_host.Score(s_host.Scene.Walk("runner", 50, speed: 60, start: 1));
        Assert.InRange(s_host.Alarms(frames, 3), 0.9, 1);
        var middle = frames[25];
        Assert.Equal(SceneAttribute.Speed, middle.Reason.Attribute);
        Assert.InRange(middle.Reason.Here, 45, 75);
        Assert.InRange(middle.Reason.Usual, 12, 28);
        var at = (3.5 * 60) - 20;
        Assert.InRange(middle.Box.X + (middle.Box.Width / 2), at - 40, at + 40);
        Assert.InRange(middle.Box.Y + (middle.Box.Height / 2), 130, 206);
        Assert.Contains("faster than usual here", middle.Reason.ToSentence(), StringComparison.Ordinal);
    }

    [Fact]
    public void Something_where_nobody_ever_walks_is_found()
    {
        var frames = s_host.Score(s_host.Scene.Walk("intruder", 100, change: (i, pixels) => Block(pixels, 60 + (2 * i), 40, 24, 40)));
        Assert.InRange(s_host.Alarms(frames, 10), 0.9, 1);
    }

    [Fact]
    public void Something_left_behind_is_found_though_it_does_not_move()
    {
        var frames = s_host.Score(s_host.Scene.Walk("left", 120, change: (i, pixels) =>
        {
            if (i >= 20)
                Block(pixels, 250, 40, 36, 30);
        }));
        Assert.InRange(s_host.Alarms(frames[..20]), 0, 0.1);
        Assert.InRange(s_host.Alarms(frames, 25), 0.9, 1);
        Assert.NotEqual(SceneAttribute.Speed, frames[60].Reason.Attribute);
    }

    [Fact]
    public void Somebody_who_lies_where_nobody_lies_is_found()
    {
        // Hardly moves: one pixel to and fro every half second.
        var frames = s_host.Score(s_host.Scene.Walk("lying", 120, change: (i, pixels) => Block(pixels, 200 + (i / 5 % 2), 60, 60, 18)));
        Assert.InRange(s_host.Alarms(frames, 10), 0.9, 1);
        Assert.Contains(frames[60].Reason.Attribute, new[] { SceneAttribute.Place, SceneAttribute.Size, SceneAttribute.Scene });
    }

    [Fact]
    public void A_crowd_at_the_usual_pace_on_the_usual_way_is_found_by_how_much_of_it_there_is()
    {
        var frames = s_host.Score(s_host.Scene.Walk("crowd", 120, start: 2, change: (i, pixels) =>
        {
            for (var walker = 0; walker < 9; walker++)
                Block(pixels, ((walker * 24) + (2 * i)) % 330, 150, 14, 36);
        }));
        Assert.InRange(s_host.Alarms(frames, 10), 0.9, 1);
        Assert.Contains(frames[60].Reason.Attribute, new[] { SceneAttribute.Size, SceneAttribute.Scene });
    }

    [Fact]
    public void A_room_rearranged_is_found_by_the_scene_as_a_whole()
    {
        // What stands there now has become background, so only the picture as a whole shows it.
        var state = s_host.State.Merge([]);
        var rearranged = new SceneState(state.Version, state.Statistics, Rearranged(state.Background), state.Noise, state.Newest);
        var frames = s_host.Score(s_host.Scene.Walk("rearranged", 60, start: 2, change: (_, pixels) => Paint(pixels)), rearranged);
        Assert.InRange(s_host.Alarms(frames, 5), 0.9, 1);
        Assert.All(frames.Skip(5), f => Assert.Equal(SceneAttribute.Scene, f.Reason.Attribute));
        Assert.Contains("whole", frames[30].Reason.ToSentence(), StringComparison.Ordinal);

        static byte[] Rearranged(byte[] background)
        {
            var changed = (byte[])background.Clone();
            Paint(changed);
            return changed;
        }

        static void Paint(byte[] pixels)
        {
            for (var y = 30; y < 120; y++)
                pixels.AsSpan((y * 360) + 180, 120).Fill((byte)(y < 75 ? 30 : 210));
        }
    }

    [Fact]
    public void What_a_person_calls_normal_is_normal_from_then_on_and_nothing_else_is()
    {
        const double NoLevel = double.PositiveInfinity;
        var scene = s_host.Scene;
        var before = s_host.Score(scene.Walk("guard", 300, change: Guard));
        Assert.InRange(s_host.Alarms(before, 10), 0.9, 1);
        var confirmed = new SceneClip("guard, confirmed", s_host.State.Newest.AddHours(1), NoLevel, 20);
        var lesson = s_host.Detector.Watch("guard", s_host.State, confirmed, _ => { });
        Assert.True(lesson.IsOk, lesson.Error?.Message);
        var taught = s_host.State.Merge([lesson.Value]);
        var threshold = taught.ThresholdAt(0.01);
        Assert.InRange(threshold, 0, s_host.Threshold + 0.5);
        Assert.InRange(Alarms(s_host.Score(scene.Walk("guard again", 200, start: 0.35, change: Guard), taught)), 0, 0.2);
        Assert.InRange(Alarms(s_host.Score(scene.Walk("runner still", 50, speed: 60, start: 1), taught)), 0.8, 1);

        double Alarms(List<SceneFrame> frames) => frames.Skip(10).Average(f => f.Score > threshold ? 1.0 : 0);

        static void Guard(int i, byte[] pixels) => Block(pixels, 60 + (i % 80), 40, 14, 36);
    }

    [Fact]
    public void The_first_frame_takes_the_second_ones_score_and_no_other_looks_ahead()
    {
        var scene = s_host.Scene;
        var whole = s_host.Score(scene.Walk("whole", 60, change: (i, pixels) => Late(i, pixels, 40)));
        var start = s_host.Score(scene.Walk("start", 40));
        Assert.Equal(whole[0].Score, whole[1].Score);
        Assert.Equal(start.Select(f => f.Score), whole.Take(40).Select(f => f.Score));

        static void Late(int i, byte[] pixels, int from)
        {
            if (i >= from)
                Block(pixels, 60, 40, 40, 40);
        }
    }

    [Fact]
    public void A_clip_scores_the_same_whatever_was_scored_before()
    {
        var once = s_host.Score(s_host.Scene.Walk("same", 60, start: 3));
        s_host.Score(s_host.Scene.Walk("between", 60, speed: 90));
        Assert.Equal(once, s_host.Score("same"));
    }

    private static void Block(byte[] pixels, int left, int top, int width, int height)
    {
        for (var y = top; y < top + height; y++)
        {
            for (var x = left; x < left + width; x++)
                pixels[(y * 360) + x] = (byte)(((x / 3) + (y / 3)) % 2 == 0 ? 240 : 20);
        }
    }
}
