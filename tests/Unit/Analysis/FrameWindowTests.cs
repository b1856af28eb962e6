using CsCheck;
using Siaga.Analysis.Detection;
using Siaga.Video;

namespace Siaga.Tests.Unit.Analysis;

public sealed class FrameWindowTests
{
    private static readonly FrameFormat s_format = new(2, 1, ResizeMethod.Area, ColourOrder.Gray);
    private static readonly PixelScale s_plain = new("none");

    [Fact]
    public void It_holds_the_newest_frames_oldest_first() => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 30]).Sample((frames, added) =>
    {
        var window = Filled(frames, added);
        var first = Math.Max(added - frames, 0);
        var values = window.ToValues(s_plain, repeatLast: true);
        return window.Filled == Math.Min(frames, added) && window.FromS == first && window.LastS == added - 1
            && Enumerable.Range(0, frames).All(i =>
                values[2 * i] == Math.Min(first + i, added - 1) && values[(2 * i) + 1] == values[2 * i]);
    });

    [Fact]
    public void What_is_missing_repeats_the_newest_or_is_black()
    {
        Assert.Equal([0f, 0, 1, 1, 1, 1, 1, 1], Filled(4, 2).ToValues(s_plain, repeatLast: true));
        Assert.Equal([0f, 0, 1, 1, 0, 0, 0, 0], Filled(4, 2).ToValues(s_plain, repeatLast: false));
    }

    [Fact]
    public void All_frames_of_an_input_are_standardised_together()
    {
        var values = Filled(2, 2).ToValues(new PixelScale("zscore"), repeatLast: true);
        Assert.Equal([-1f, -1, 1, 1], values.Select(v => MathF.Round(v, 4)));
    }

    private static FrameWindow Filled(int frames, int added)
    {
        var window = new FrameWindow(frames, s_format);
        for (var i = 0; i < added; i++)
            window.Add(i).Fill((byte)i);
        return window;
    }
}
