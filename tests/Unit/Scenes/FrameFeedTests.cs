using Siaga.Primitives;
using Siaga.Scenes;
using Siaga.Scenes.Motion;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Scenes;

public sealed class FrameFeedTests
{
    private readonly FrameFeed _feed = new(new SceneGrid(24, 24));
    private byte _value;

    [Theory]
    [InlineData(12.5, 12.5)]
    [InlineData(25, 12.5)]
    [InlineData(30, 10)]
    [InlineData(50, 12.5)]
    [InlineData(60, 12)]
    [InlineData(5, 5)]
    public void About_ten_frames_a_second_are_taken(double framesPerSecond, double taken)
    {
        var count = Enumerable.Range(0, (int)(10 * framesPerSecond)).Count(i => Take(i / framesPerSecond, ++_value));
        Assert.InRange(count / 10.0, taken - 0.2, taken + 0.2);
        Assert.Equal((int)(10 * framesPerSecond) - 1, _feed.Index);
    }

    [Fact]
    public void A_frame_that_repeats_the_one_before_is_left_out_until_the_scene_really_stands_still()
    {
        Assert.True(Take(0, 0));
        Assert.False(Take(0.1, 0));
        Assert.False(Take(0.49, 0));
        Assert.True(Take(0.5, 0));
        Assert.True(Take(0.6, 1));
        Assert.Equal(1, _feed.Gray[0]);
    }

    [Fact]
    public void A_frame_that_was_left_out_is_counted_but_not_seen()
    {
        Take(0, 1);
        Take(0.07, 2);
        Assert.Equal((1, 0.07, 1), (_feed.Index, _feed.Seconds, _feed.Gray[0]));
    }

    private bool Take(double seconds, byte value) => _feed.Take(new FakeFrame { Position = new MediaTime(seconds), Value = value });
}
