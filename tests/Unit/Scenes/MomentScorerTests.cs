using Siaga.Scenes;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Scoring;

namespace Siaga.Tests.Unit.Scenes;

/// <summary>The score of the picture as a whole, over time.</summary>
public sealed class MomentScorerTests
{
    private readonly MomentScorer _scorer;

    public MomentScorerTests()
    {
        var past = ScenesWithAPast.Empty();
        for (var i = 0; i < 3; i++)
            past.Exemplars.Offer(Picture(100), 0, 1, i);
        _scorer = new MomentScorer(new SceneModel(past));
    }

    [Fact]
    public void The_first_picture_counts_fully_and_the_next_ones_little_by_little()
    {
        Assert.Equal(Distance(20), Scene(120), 1e-6);
        Assert.Equal(0.7 * Distance(20), Scene(100), 1e-6);
        Assert.True(_scorer.Nearest >= 0);
    }

    [Fact]
    public void A_switch_of_the_light_is_not_unusual()
    {
        Assert.Equal(0, Scene(100), 1e-6);
        Assert.Equal(0, Scene(150, isRelit: true), 0.01);
        Assert.Equal(0, Scene(150), 0.01);
        Assert.True(Scene(250) > 0.2 * Distance(100));
    }

    [Fact]
    public void In_a_clip_s_first_picture_there_is_no_switch() => Assert.Equal(Distance(50), Scene(150, isRelit: true), 1e-6);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Many_torn_pictures_in_a_row_are_a_switch_of_the_light_and_few_are_not(int torn, bool isSwitch)
    {
        Scene(100);
        for (var i = 0; i < torn; i++)
            Assert.Equal(0, Scene(150, isUpset: true), 1e-6);
        Assert.Equal(isSwitch ? 0 : 0.3 * Distance(50), Scene(150), 0.01);
    }

    [Fact]
    public void Another_clip_begins_anew()
    {
        Scene(100);
        Scene(150, isRelit: true);
        _scorer.Cut();
        Assert.Equal(Distance(50), Scene(150), 1e-6);
    }

    private static byte[] Picture(byte level) => [.. Enumerable.Repeat(level, Thumbnail.Length)];

    private static double Distance(double levels) => levels * Math.Sqrt(Thumbnail.Length) / 32;

    private double Scene(byte level, bool isRelit = false, bool isUpset = false)
    {
        var frame = ScenesWithAPast.Frame([]);
        (frame.IsRelit, frame.IsUpset) = (isRelit, isUpset);
        return _scorer.Next(frame, Picture(level))[(int)SceneAttribute.Scene];
    }
}
