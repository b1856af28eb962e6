using Siaga.Bench.Scenes;
using Siaga.Scenes;
using Siaga.Scenes.OpenCv;
using Siaga.Video.OpenCv;

namespace Siaga.Tests.Scenes;

/// <summary>The published benchmark, where its footage is available.</summary>
public sealed class Ped2Tests
{
    [Fact]
    public void Ped2_stays_above_98_2_percent_and_its_own_threshold_finds_most()
    {
        var real = Environment.GetEnvironmentVariable("SIAGA_REAL_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(real), "SIAGA_REAL_DATA is not set: the real clips are not here.");
        var data = new Ped2(Path.Combine(real!, "ped2"));
        var decoder = new OpenCvDecoder();
        var state = new SceneLearner(decoder, () => new OpenCvPointTracker()).Learn(data.Training, null).Value;
        var detector = new SceneDetector(decoder, () => new OpenCvPointTracker());
        var frames = new List<(double Score, bool Anomalous)>();
        foreach (var clip in data.Testing)
        {
            var labels = data.LabelsOf(clip);
            Assert.True(detector.Score(clip, state, f => frames.Add((f.Score, labels(f.Index)))).IsOk);
        }

        Assert.Equal(2010, frames.Count);
        Assert.InRange(Ped2.Auc(frames), 0.982, 1);
        var threshold = state.ThresholdAt(0.01);
        Assert.InRange(frames.Where(f => f.Anomalous).Average(f => f.Score > threshold ? 1.0 : 0), 0.85, 1);
        Assert.InRange(frames.Where(f => !f.Anomalous).Average(f => f.Score > threshold ? 1.0 : 0), 0, 0.05);
    }
}
