using CsCheck;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Scoring;

namespace Siaga.Tests.Unit.Scenes;

public sealed class SceneNoveltyTests
{
    // Pictures of one level, whose distance from each other is easy to tell.
    private static readonly Gen<byte> s_level = Gen.Byte[0, 255];

    [Fact]
    public void The_distance_is_the_mean_of_the_three_nearest() => Gen.Select(s_level.Array[3, 20], s_level).Sample((remembered, level) =>
    {
        var distance = Of(remembered).Of(Picture(level), out var nearest);
        var expected = remembered.Select(r => Math.Abs(r - level)).Order().Take(3).Average() * Math.Sqrt(Thumbnail.Length) / 32;
        return Math.Abs(distance - expected) < 1e-6 && nearest >= 0 && nearest < remembered.Length;
    });

    [Fact]
    public void With_fewer_than_three_pictures_nothing_is_new()
    {
        Assert.Equal(0, Of([1, 2]).Of(Picture(200), out var nearest));
        Assert.Equal(-1, nearest);
    }

    [Fact]
    public void The_nearest_picture_is_the_one_that_a_difference_is_taken_from()
    {
        var novelty = Of([10, 100, 200]);
        var picture = Picture(103);
        picture[(5 * Thumbnail.Width) + 20] = 160;
        picture[(5 * Thumbnail.Width) + 21] = 150;
        novelty.Of(picture, out var nearest);
        Assert.Equal((20, 5, 2, 1), novelty.Difference(picture, nearest));
    }

    private static byte[] Picture(byte level) => [.. Enumerable.Repeat(level, Thumbnail.Length)];

    private static SceneNovelty Of(byte[] levels)
    {
        var sample = new Exemplars();
        for (var i = 0; i < levels.Length; i++)
            sample.Offer(Picture(levels[i]), 0, 1, i);
        return new SceneNovelty(sample);
    }
}
