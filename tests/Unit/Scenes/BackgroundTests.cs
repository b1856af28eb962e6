using Siaga.Scenes;
using Siaga.Scenes.Motion;

namespace Siaga.Tests.Unit.Scenes;

public sealed class BackgroundTests
{
    private static readonly SceneGrid s_grid = new(64, 48);
    private static readonly byte[] s_empty = View(7);

    private readonly Background _background = new(s_grid);

    public BackgroundTests() => _background.Start(s_empty);

    [Fact]
    public void The_empty_scene_has_no_foreground_and_hardly_any_noise()
    {
        Assert.True(_background.Next(s_empty, 1));
        Assert.Equal((0, 1.0), (Foreground(), _background.Gain));
        Assert.InRange(_background.Noise, 0, 0.5);
    }

    [Fact]
    public void What_differs_is_foreground_where_it_is()
    {
        Assert.True(_background.Next(WithThing(60), 1));
        Assert.InRange(Foreground(), 60, 200);
        Assert.All(Enumerable.Range(0, s_grid.Pixels).Where(i => _background.Mask[i] != 0), i =>
            Assert.True(i % 64 is >= 13 and < 31 && i / 64 is >= 13 and < 31));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 12)]
    [InlineData(2, 24)]
    [InlineData(10, 30)]
    public void The_threshold_follows_the_camera_s_noise_within_bounds(double noise, float threshold)
    {
        _background.SetNoise(noise);
        Assert.Equal(threshold, _background.Threshold);
    }

    [Fact]
    public void Something_fainter_than_the_threshold_is_no_foreground()
    {
        _background.SetNoise(10);
        _background.Next(WithThing(20), 1);
        Assert.Equal(0, Foreground());
        _background.SetNoise(0);
        _background.Next(WithThing(20), 1);
        Assert.NotEqual(0, Foreground());
    }

    [Theory]
    [InlineData(1, 30, 1)]
    [InlineData(1, -30, 1)]
    [InlineData(1.5, -40, 1.5)]
    [InlineData(0.5, 20, 0.5)]
    [InlineData(1.08, 0, 1)]
    public void More_or_less_light_is_no_foreground(double gain, int brighter, double found)
    {
        Assert.True(_background.Next([.. s_empty.Select(v => (byte)Math.Clamp((v * gain) + brighter, 0, 255))], 1));
        Assert.Equal(0, Foreground());
        Assert.Equal(found, _background.Gain, 0.05);
    }

    [Fact]
    public void Another_view_is_upset_until_it_stays()
    {
        Assert.False(_background.Next(View(8), 1));
        Assert.False(_background.Next(View(8), 1));
        Assert.Equal(0, Foreground());
        Assert.False(_background.Next(View(8), 1));
        Assert.True(_background.Next(View(8), 1));
        Assert.Equal(View(8), _background.ToBytes());
    }

    [Fact]
    public void Torn_pictures_that_do_not_stay_change_nothing()
    {
        for (var i = 0; i < 6; i++)
        {
            Assert.False(_background.Next(View(8), 1));
            Assert.False(_background.Next(View(8), 1));
            Assert.True(_background.Next(s_empty, 1));
        }

        Assert.Equal(s_empty, _background.ToBytes());
    }

    [Fact]
    public void What_stays_becomes_background_slowly()
    {
        var picture = WithThing(60);
        _background.Next(picture, 1);
        var at = (20 * 64) + 20;
        var before = _background.ToBytes()[at];
        _background.Next(picture, 100);
        Assert.InRange(_background.ToBytes()[at] - before, 5, 20);
        _background.Next(picture, 2000);
        Assert.InRange(picture[at] - _background.ToBytes()[at], -3, 3);
    }

    [Fact]
    public void Noise_is_measured_without_learning()
    {
        var noisy = s_empty.Select((v, i) => (byte)(v + (i % 5 * 2))).ToArray();
        Assert.True(_background.MeasureNoise(noisy) > 0.3);
        Assert.Equal(s_empty, _background.ToBytes());
    }

    private int Foreground() => _background.Mask.Count(m => m != 0);

    /// <summary>The empty scene with a thing of twelve pixels a side that is brighter by so many levels.</summary>
    private static byte[] WithThing(int brighter) =>
        [.. s_empty.Select((v, i) => (byte)(i % 64 is >= 16 and < 28 && i / 64 is >= 16 and < 28 ? v + brighter : v))];

    /// <summary>Areas of eight pixels a side with different levels.</summary>
    private static byte[] View(int seed)
    {
        var random = new Random(seed);
        var levels = Enumerable.Range(0, 8 * 6).Select(_ => (byte)random.Next(60, 140)).ToArray();
        return [.. Enumerable.Range(0, s_grid.Pixels).Select(i => levels[(i / 64 / 8 * 8) + (i % 64 / 8)])];
    }
}
