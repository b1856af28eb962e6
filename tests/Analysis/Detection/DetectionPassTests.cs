using Siaga.Analysis.Detection;
using Siaga.Primitives;

namespace Siaga.Tests.Analysis.Detection;

/// <summary>One decoding pass feeds every detector.</summary>
public sealed class DetectionPassTests
{
    private const int Frames = 30;

    [Fact]
    public void Every_detector_sees_every_frame_of_one_opening()
    {
        var clip = new NumberedClip(Frames, Frames);
        var (first, second) = (new ScriptedDetector("first"), new ScriptedDetector("second"));
        var outcome = Run(clip, first, second).Value;
        Assert.Equal((1, Frames, Frames), (clip.Opened, first.Seen, second.Seen));
        Assert.Equal((Frames, 3.0), (outcome.Length.Frames, outcome.Length.Seconds));
    }

    [Fact]
    public void Frames_that_no_detector_wants_are_not_converted()
    {
        var clip = new NumberedClip(Frames, Frames);
        Assert.True(Run(clip, new ScriptedDetector("idle")).IsOk);
        Assert.Equal(0, clip.Converted);
    }

    [Fact]
    public void A_detector_that_guessed_wrong_sees_the_clip_again_and_the_others_do_not()
    {
        var clip = new NumberedClip(Frames, Frames);
        var (again, once) = (new ScriptedDetector("again") { Restarts = true }, new ScriptedDetector("once"));
        Assert.True(Run(clip, again, once).IsOk);
        Assert.Equal((2, 2 * Frames, Frames), (clip.Opened, again.Seen, once.Seen));
        Assert.Equal((0, 0), (again.Open, once.Open));
    }

    [Fact]
    public void A_detector_that_fails_leaves_the_others_their_findings()
    {
        var failing = new ScriptedDetector("failing") { Fails = true };
        var outcome = Run(new NumberedClip(Frames, Frames), failing, new ScriptedDetector("other", ScriptedDetector.Alarm("other"))).Value;
        Assert.Equal("other", Assert.Single(outcome.Results).Findings.Single().Detector);
        Assert.Equal((3, 0), (failing.Seen, failing.Open));
    }

    [Fact]
    public void A_required_detector_that_fails_fails_the_clip()
    {
        var result = Run(
            new NumberedClip(Frames, Frames), new ScriptedDetector("needed") { Fails = true, IsRequired = true },
            new ScriptedDetector("other"));
        Assert.Equal("clip_unreadable", result.Error!.Code);
    }

    [Fact]
    public void A_clip_fails_where_every_detector_does()
    {
        var result = Run(new NumberedClip(Frames, Frames), new ScriptedDetector("only") { Fails = true });
        Assert.Equal("clip_unreadable", result.Error!.Code);
    }

    [Fact]
    public void A_clip_without_frames_fails_whatever_the_detectors_say()
    {
        var detector = new ScriptedDetector("one");
        Assert.Equal("clip_without_frames", Run(new NumberedClip(0, 0), detector).Error!.Code);
        Assert.Equal(0, detector.Open);
    }

    [Fact]
    public void A_cancelled_pass_disposes_its_sessions()
    {
        var detector = new ScriptedDetector("one");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Run(new NumberedClip(Frames, Frames), cancelled.Token, detector));
        Assert.Equal(0, detector.Open);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(50)]
    [InlineData(333)]
    public void The_held_frame_is_near_the_middle_of_a_full_span(int span)
    {
        using var held = new HeldFrames(span);
        using var reader = new NumberedClip(1000, 1000).Open("");
        for (var i = 0; reader.Grab(); i++)
        {
            held.Offer(reader);
            if (i + 1 < span)
                continue;
            var middle = (i - ((span - 1) / 2.0)) / 10;
            Assert.InRange(held.KeepNearest(middle)!.Position.Seconds, middle - ((span / 8.0) + 1) / 10, middle + ((span / 8.0) + 1) / 10);
        }
    }

    private static Result<PassOutcome> Run(NumberedClip clip, params IClipDetector[] detectors) =>
        Run(clip, CancellationToken.None, detectors);

    private static Result<PassOutcome> Run(NumberedClip clip, CancellationToken cancellationToken, params IClipDetector[] detectors) =>
        new DetectionPass(clip).Run(
            "", detectors, video => new ClipInfo("", DateTimeOffset.UnixEpoch, video.NominalFramesPerSecond, video.HeaderFrames), null,
            o => o, cancellationToken);
}
