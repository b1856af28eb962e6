using Siaga.Scenes;
using Siaga.Scenes.OpenCv;

namespace Siaga.Tests.Scenes;

/// <summary>A camera that has learned a drawn scene.</summary>
internal sealed class TestHost
{
    public TestHost()
    {
        string[] clips = [.. Enumerable.Range(0, 6).Select(i => Scene.Walk($"normal-{i}", 150, start: i * 15, speed: 16 + (i * 8 % 10)))];
        var learned = new SceneLearner(Scene, () => new OpenCvPointTracker()).Learn(clips, null);
        Assert.True(learned.IsOk, learned.Error?.Message);
        State = learned.Value;
    }

    public DrawnScene Scene { get; } = new();

    public SceneState State { get; }

    public SceneDetector Detector => new(Scene, () => new OpenCvPointTracker());

    /// <summary>One false alarm in a hundred normal frames.</summary>
    public double Threshold => State.ThresholdAt(0.01);

    public List<SceneFrame> Score(string clip) => Score(clip, State);

    public List<SceneFrame> Score(string clip, SceneState state)
    {
        var frames = new List<SceneFrame>();
        var score = Detector.Score(clip, state, frames.Add);
        Assert.True(score.IsOk, score.Error?.Message);
        Assert.Equal(frames.Count, score.Value.Frames);
        Assert.All(frames, f => Assert.True(double.IsFinite(f.Score) && f.Score >= 0, $"frame {f.Index} scores {f.Score}"));
        Assert.Equal(Enumerable.Range(0, frames.Count), frames.Select(f => f.Index));
        return frames;
    }

    /// <summary>Share of frames above the threshold, counted from a given frame.</summary>
    public double Alarms(List<SceneFrame> frames, int from = 0) => frames.Skip(from).Average(f => f.Score > Threshold ? 1.0 : 0);
}
