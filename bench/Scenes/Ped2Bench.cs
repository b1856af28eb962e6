using System.Diagnostics;
using Siaga.Scenes;
using Siaga.Scenes.OpenCv;
using Siaga.Video.OpenCv;

namespace Siaga.Bench.Scenes;

/// <summary>The published benchmark: learn the training clips, score the test clips, micro AUC over all their frames.</summary>
internal static class Ped2Bench
{
    public static int Run(string folder)
    {
        var data = new Ped2(folder);
        var (decoder, start) = (new OpenCvDecoder(), Stopwatch.GetTimestamp());
        var learner = new SceneLearner(decoder, () => new OpenCvPointTracker());
        var learned = learner.Learn(data.Training, null);
        if (!learned.IsOk)
        {
            Console.Error.WriteLine(learned.Error.Message);
            return 1;
        }

        var state = learned.Value;
        var took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(FormattableString.Invariant(
            $"learned {state.Progress.Footage.TotalSeconds:0} s in {took.TotalSeconds:0.0} s, state {state.ToBytes().Length} bytes"));
        var frames = new List<(double Score, bool Anomalous)>();
        var detector = new SceneDetector(decoder, () => new OpenCvPointTracker());
        foreach (var clip in data.Testing)
        {
            var labels = data.LabelsOf(clip);
            var score = detector.Score(clip, state, f => frames.Add((f.Score, labels(f.Index))));
            if (!score.IsOk)
                throw new InvalidOperationException(score.Error.Message);
        }

        var threshold = state.ThresholdAt(0.01);
        var (anomalous, normal) = (frames.Where(f => f.Anomalous).ToList(), frames.Where(f => !f.Anomalous).ToList());
        Console.WriteLine(FormattableString.Invariant($"micro AUC over {frames.Count} frames: {100 * Ped2.Auc(frames):0.00} %"));
        var found = 100.0 * anomalous.Count(f => f.Score > threshold) / anomalous.Count;
        var falseAlarms = 100.0 * normal.Count(f => f.Score > threshold) / normal.Count;
        Console.WriteLine(
            FormattableString.Invariant($"threshold at 1 % of held-out normal frames ({threshold:0.00}): ")
            + FormattableString.Invariant($"finds {found:0.0} % of the anomalous frames, {falseAlarms:0.0} % false alarms"));
        return 0;
    }
}
