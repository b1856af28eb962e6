using CsCheck;
using Siaga.Analysis.Detection;
using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;
using Siaga.Video;

namespace Siaga.Tests.Unit.Analysis;

public sealed class HeldFramesTests
{
    [Fact]
    public void Never_more_frames_are_held_than_a_span_needs_and_none_after_the_end() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[0, 300]).Sample((span, offered) =>
        {
            var frame = new FakeFrame();
            var held = new HeldFrames(span);
            var most = 0;
            for (var i = 0; i < offered; i++)
            {
                Offer(held, frame, i);
                most = Math.Max(most, frame.StillHeld);
            }

            held.Dispose();
            return most <= Math.Min(span, 8) && frame.StillHeld == 0;
        });

    [Fact]
    public void Of_large_pictures_one_in_a_span_is_held()
    {
        var (large, just) = (new FakeFrame { FrameSize = (4097, 2304) }, new FakeFrame { FrameSize = (4096, 2304) });
        using var few = new HeldFrames(40);
        using var usual = new HeldFrames(40);
        for (var i = 0; i < 40; i++)
        {
            Offer(few, large, i);
            Offer(usual, just, i);
        }

        Assert.Equal((1, 4), (large.StillHeld, just.StillHeld));
    }

    [Fact]
    public void The_nearest_frame_is_kept_when_its_span_has_passed()
    {
        var frame = new FakeFrame();
        using var held = new HeldFrames(4);
        for (var i = 0; i < 4; i++)
            Offer(held, frame, i);
        var kept = (FakeFrame.Held)held.KeepNearest(1.2)!;
        Assert.Equal(1, kept.Position.Seconds);
        for (var i = 4; i < 20; i++)
            Offer(held, frame, i);
        Assert.False(kept.IsDisposed);
        Assert.Equal(18, held.KeepNearest(17.9)!.Position.Seconds);
        Assert.True(kept.IsDisposed);
    }

    [Fact]
    public void Without_a_frame_none_is_near()
    {
        using var held = new HeldFrames(4);
        Assert.Null(held.KeepNearest(0));
    }

    private static void Offer(HeldFrames held, FakeFrame frame, int second)
    {
        frame.Position = new MediaTime(second);
        held.Offer(frame);
    }
}
