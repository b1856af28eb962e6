using Siaga.Analysis.Detection;
using Siaga.Analysis.Scenes;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Analysis;

/// <summary>Which clips the detectors look at, and what the first clip of a camera gives.</summary>
public sealed class SceneClipDetectorTests
{
    private static readonly ClipInfo s_clip = new("c", DateTimeOffset.UnixEpoch, 10, 0);

    // It scores nothing here.
    private static readonly SceneClipDetector s_detector = new(null!);

    [Fact]
    public void A_camera_that_is_gone_is_not_looked_at() => Assert.Null(s_detector.Start(s_clip));

    [Fact]
    public void Without_a_model_the_model_looks_at_nothing() => Assert.Null(new ModelDetector(null).Start(s_clip));

    [Fact]
    public void The_first_clip_begins_the_model_and_raises_nothing()
    {
        using var session = s_detector.Start(s_clip with { Scene = new KnownScene(new SceneInfo("7/9/scene/", 0, null, false, 1), null) })!;
        foreach (var seconds in (double[])[0, 0.1, 0.3])
            session.Add(new FakeFrame { Position = new MediaTime(seconds) });
        var result = Assert.IsType<SceneResult>(session.Complete(new ClipLength(3, 0.4)).Value);
        Assert.True(result.IsFirst);
        Assert.Empty(result.Findings);
        Assert.Equal((0, false, true, 3), (result.Report.Version, result.Report.Alarm, result.Report.Provisional, result.Frames));

        // The last frame lasts as long as the one before it.
        Assert.Equal(0.5, result.Seconds, 9);
    }
}
