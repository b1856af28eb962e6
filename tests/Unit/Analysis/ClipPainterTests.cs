using CsCheck;
using Siaga.Analysis.Detection;
using Siaga.Messages;
using Siaga.Tests.Unit.Fakes;
using Siaga.Video;

namespace Siaga.Tests.Unit.Analysis;

public sealed class ClipPainterTests
{
    private readonly Maker _maker = new();

    [Theory]
    [InlineData(320, 240, 480, 360, ResizeMethod.Cubic)]
    [InlineData(480, 270, 480, 270, ResizeMethod.Area)]
    [InlineData(1280, 720, 1280, 720, ResizeMethod.Area)]
    [InlineData(3840, 2160, 1280, 720, ResizeMethod.Area)]
    public void A_picture_is_wide_enough_to_read_and_not_wider_than_a_screen(
        int width, int height, int toWidth, int toHeight, ResizeMethod resize)
    {
        var frame = new FakeFrame { FrameSize = (width, height) };
        new ClipPainter(_maker).Paint(Findings(frame));
        Assert.Equal(new FrameFormat(toWidth, toHeight, resize, ColourOrder.Bgr), Assert.Single(frame.Formats));
    }

    [Fact]
    public void A_box_grows_and_shrinks_with_the_picture()
    {
        new ClipPainter(_maker).Paint(Findings(new FakeFrame { FrameSize = (2560, 1440) }, [100, 40, 61, 20]));
        Assert.Equal((50, 20, 30, 10), _maker.Drawn!.Box!.Value);
    }

    [Fact]
    public void Without_a_verdict_or_a_frame_there_is_no_picture()
    {
        var calm = new ClipFindings(new PassOutcome(new ClipLength(30, 3), null, [], TimeSpan.Zero, TimeSpan.Zero));
        Assert.Null(new ClipPainter(_maker).Paint(calm));
    }

    [Theory]
    [InlineData(1920, 1080, 640, 360)]
    [InlineData(320, 240, 320, 240)]
    [InlineData(2000, 1, 640, 1)]
    public void A_cameras_picture_is_small_and_never_enlarged(int width, int height, int toWidth, int toHeight)
    {
        Assert.NotNull(new ClipPainter(_maker).TryPaintCamera(new FakeFrame { FrameSize = (width, height) }));
        Assert.Equal((toWidth, toHeight), _maker.Plain);
    }

    [Fact]
    public void A_frame_that_cannot_be_converted_gives_no_picture_of_the_camera() => Assert.Null(
        new ClipPainter(_maker).TryPaintCamera(new FakeFrame { Failure = new VideoException("clip_unreadable", "x") }));

    [Theory]
    [InlineData(0, 10, 5, 0)]
    [InlineData(9.9, 10, 5, 4)]
    [InlineData(10, 10, 5, 4)]
    [InlineData(3, 0, 5, -1)]
    [InlineData(3, 10, 0, -1)]
    public void The_moment_is_marked_among_the_scores(double atS, double seconds, int scores, int index) =>
        Assert.Equal(index, ClipPainter.IndexOf(atS, seconds, scores));

    [Fact]
    public void The_mark_is_always_one_of_the_scores_or_none() =>
        Gen.Select(Gen.Double[-5, 50], Gen.Double[-1, 20], Gen.Int[0, 300]).Sample((at, seconds, scores) =>
            ClipPainter.IndexOf(at, seconds, scores) is var index && index >= -1 && index < Math.Max(scores, 1));

    private static ClipFindings Findings(FakeFrame frame, IReadOnlyList<int>? box = null)
    {
        var finding = new Finding("scene", "unusual_speed", 6, 3, 1, 2, 1.5, Alarm: true);
        var result = new DetectorResult([finding]) { Highlight = new Highlight(frame.Hold(), "fast", [1, 2, 3], 3) { Box = box } };
        return new ClipFindings(new PassOutcome(new ClipLength(30, 3), null, [result], TimeSpan.Zero, TimeSpan.Zero));
    }

    private sealed class Maker : IPictureMaker
    {
        public FramePicture? Drawn { get; private set; }

        public (int Width, int Height) Plain { get; private set; }

        public byte[] ToJpeg(FramePicture picture)
        {
            Drawn = picture;
            return [1];
        }

        public byte[] ToPlainJpeg(int width, int height, ReadOnlySpan<byte> bgr)
        {
            Plain = (width, height);
            return [1];
        }
    }
}
