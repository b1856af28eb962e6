using Siaga.Scenes;

namespace Siaga.Tests.Scenes;

/// <summary>What cameras, networks and darkness do to footage. The test host checks that every score is finite.</summary>
public sealed class RobustnessTests
{
    private static readonly TestHost s_host = new();

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void A_black_or_white_clip_is_scored(int level) =>
        s_host.Score(s_host.Scene.Walk($"flat-{level}", 40, change: (_, pixels) => Array.Fill(pixels, (byte)level)));

    [Theory]
    [InlineData("black")]
    [InlineData("white")]
    [InlineData("torn")]
    public void A_single_broken_frame_raises_no_alarm(string kind)
    {
        var frames = s_host.Score(s_host.Scene.Walk($"broken-{kind}", 100, change: (i, pixels) =>
        {
            if (i != 50)
                return;
            if (kind == "torn")
                pixels.AsSpan(pixels.Length / 3).Fill(128);
            else
                Array.Fill(pixels, kind == "black" ? (byte)0 : (byte)255);
        }));
        Assert.InRange(s_host.Alarms(frames[50..60]), 0, 0.2);
        Assert.InRange(s_host.Alarms(frames), 0, 0.1);
    }

    [Fact]
    public void A_frozen_picture_raises_no_alarm()
    {
        byte[]? frozen = null;
        var frames = s_host.Score(s_host.Scene.Walk("frozen", 150, change: (i, pixels) =>
        {
            if (i == 50)
                frozen = [.. pixels];
            if (i > 50)
                frozen!.CopyTo(pixels, 0);
        }));
        Assert.InRange(s_host.Alarms(frames, 50), 0, 0.05);
    }

    [Theory]
    [InlineData("dimmed")]
    [InlineData("brighter")]
    [InlineData("raised")]
    [InlineData("from one side")]
    [InlineData("almost dark")]
    [InlineData("to infrared and back")]
    public void A_light_switch_is_no_flood_of_alarms(string kind)
    {
        var frames = s_host.Score(s_host.Scene.Walk($"switch {kind}", 300, change: (i, pixels) =>
        {
            if (i < 100)
                return;
            for (var p = 0; p < pixels.Length; p++)
            {
                pixels[p] = (byte)Math.Clamp(
                    kind switch
                    {
                        "dimmed" => pixels[p] * 0.45,
                        "brighter" => pixels[p] * 1.6,
                        "raised" => pixels[p] + 45,
                        "from one side" => pixels[p] * (0.4 + (0.5 * (p % 360) / 360)),
                        "almost dark" => 8 + (pixels[p] * 0.06),
                        _ => i < 200 ? 60 + (pixels[p] * 0.5) : pixels[p],
                    },
                    0, 255);
            }
        }));
        var marked = frames.Where((f, i) => i >= 100 && f.Score > s_host.Threshold).ToList();
        var report = marked.Where((_, i) => i % 12 == 0).Select(f => $"{f.Index}: {f.Score:0.0} {f.Box} {f.Reason.ToSentence()}");
        Assert.True(s_host.Alarms(frames, 100) <= 0.1, string.Join("\n", report));
    }

    [Fact]
    public void Night_turns_to_day_without_alarms()
    {
        var frames = s_host.Score(s_host.Scene.Walk("dawn", 600, change: (i, pixels) => Light(pixels, 0.3 + (0.7 * i / 600))));
        Assert.InRange(s_host.Alarms(frames, 30), 0, 0.1);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(5, 100)]
    [InlineData(25, 250)]
    [InlineData(60, 600)]
    public void The_frame_rate_does_not_make_a_walker_an_alarm(double framesPerSecond, int count)
    {
        var frames = s_host.Score(s_host.Scene.Walk($"rate-{framesPerSecond}", count, framesPerSecond));
        Assert.InRange(s_host.Alarms(frames), 0, 0.15);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(25)]
    [InlineData(60)]
    public void A_runner_is_one_at_any_frame_rate(double framesPerSecond)
    {
        var frames = s_host.Score(s_host.Scene.Walk($"run-{framesPerSecond}", (int)(5 * framesPerSecond), framesPerSecond, 1, 60));
        Assert.InRange(s_host.Alarms(frames, (int)framesPerSecond), 0.8, 1);
    }

    [Fact]
    public void One_frame_and_no_frame_are_clips_too()
    {
        Assert.Single(s_host.Score(s_host.Scene.Walk("one", 1)));
        var none = s_host.Detector.Score(s_host.Scene.Walk("none", 0), s_host.State, _ => { });
        Assert.Equal("clip_without_frames", none.Error?.Code);
    }

    [Fact]
    public void Time_that_stands_still_or_goes_back_is_survived() =>
        s_host.Score(s_host.Scene.Odd("back", [0, 0.1, 0.2, 0.2, 0.1, 0.3, 5, 4, 4.1, 4.2, 100, 100.1], [(360, 240)]));

    [Fact]
    public void A_change_of_size_in_the_middle_is_survived() =>
        s_host.Score(s_host.Scene.Odd("size", [.. Enumerable.Range(0, 60).Select(i => i / 10.0)], [(360, 240), (1280, 720), (64, 480)]));

    [Fact]
    public void A_bumped_camera_is_noticed_and_a_switched_light_is_not_one()
    {
        var bumped = s_host.Scene.Walk("bumped", 200, change: (i, pixels) => Shift(pixels, i < 60 ? 0 : 37));
        Assert.True(Watch(bumped).HasMoved);
        Assert.False(Watch(s_host.Scene.Walk("unbumped", 100)).HasMoved);
        Assert.False(Watch(s_host.Scene.Walk("switched", 200, change: (i, pixels) => Light(pixels, i < 60 ? 1 : 0.45))).HasMoved);
    }

    private static Siaga.Scenes.SceneDelta Watch(string clip)
    {
        var delta = s_host.Detector.Watch(
            clip, s_host.State, new SceneClip(clip, DateTimeOffset.UnixEpoch, 4), f => Assert.True(double.IsFinite(f.Score)));
        Assert.True(delta.IsOk, delta.Error?.Message);
        return delta.Value;
    }

    private static void Light(byte[] pixels, double gain)
    {
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(pixels[i] * gain);
    }

    private static void Shift(byte[] pixels, int by)
    {
        for (var y = 0; y < 240; y++)
        {
            var row = pixels.AsSpan(y * 360, 360);
            row[by..].CopyTo(row);
        }
    }
}
