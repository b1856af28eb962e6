using Siaga.Scenes;

namespace Siaga.Tests.Scenes;

/// <summary>A camera that has seen a walker knows what is one and what is not.</summary>
public sealed class DetectionTests
{
    private static readonly House s_house = new();

    [Fact]
    public void Another_walk_like_those_learned_is_normal() =>
        Assert.InRange(s_house.Alarms(s_house.Score(s_house.Scene.Walk("again", 150, start: 7))), 0, 0.1);

    [Fact]
    public void Somebody_three_times_as_fast_is_found_and_said_to_be_fast_where_he_is()
    {
        var frames = s_house.Score(s_house.Scene.Walk("runner", 50, speed: 60, start: 1));
        Assert.InRange(s_house.Alarms(frames, 3), 0.9, 1);
        var middle = frames[25];
        Assert.Equal(SceneAttribute.Speed, middle.Reason.Attribute);
        Assert.InRange(middle.Reason.Here, 45, 75);
        Assert.InRange(middle.Reason.Usual, 12, 28);
        var at = (3.5 * 60) - 20;
        Assert.InRange(middle.Box.X + (middle.Box.Width / 2), at - 40, at + 40);
        Assert.InRange(middle.Box.Y + (middle.Box.Height / 2), 130, 206);
        Assert.Contains("px/s", middle.Reason.ToSentence(), StringComparison.Ordinal);
    }

    [Fact]
    public void Something_where_nobody_ever_walks_is_found()
    {
        var frames = s_house.Score(s_house.Scene.Walk("intruder", 100, change: (i, pixels) => Block(pixels, 60 + (2 * i), 40, 24, 40)));
        Assert.InRange(s_house.Alarms(frames, 10), 0.9, 1);
    }

    [Fact]
    public void The_first_frame_takes_the_second_ones_score_and_no_other_looks_ahead()
    {
        var scene = s_house.Scene;
        var whole = s_house.Score(scene.Walk("whole", 60, change: (i, pixels) => Late(i, pixels, 40)));
        var start = s_house.Score(scene.Walk("start", 40));
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
        var once = s_house.Score(s_house.Scene.Walk("same", 60, start: 3));
        s_house.Score(s_house.Scene.Walk("between", 60, speed: 90));
        Assert.Equal(once, s_house.Score("same"));
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
