using Siaga.Scenes;
using Siaga.Scenes.OpenCv;
using Siaga.Video.OpenCv;

namespace Siaga.Bench.Scenes;

/// <summary>Checks without a test set's labels: normal footage that was not learned, and drawings in real footage.</summary>
internal static class CrossBench
{
    private static readonly Excerpts s_decoder = new(new OpenCvDecoder());

    public static int Run(string real)
    {
        LeaveOut(Path.Combine(real, "ped2"));
        Room(Path.Combine(real, "clips", "room-one-hour.mp4"));
        Others(Path.Combine(real, "clips"));
        return 0;
    }

    /// <summary>
    /// Leaves a quarter of Ped2's normal clips out of learning, and counts how many of its frames exceed the one-in-a-hundred threshold of
    /// the others.
    /// </summary>
    private static void LeaveOut(string folder)
    {
        const int Parts = 4;
        var clips = new Ped2(folder).Training;
        for (var part = 0; part < Parts; part++)
        {
            var state = Learn([.. clips.Where((_, i) => i % Parts != part)]);
            var scores = clips.Where((_, i) => i % Parts == part).SelectMany(c => Score(c, state)).ToList();
            var (hundredth, tenth) = (Alarms(scores, state.ThresholdAt(0.01)), Alarms(scores, state.ThresholdAt(0.1)));
            Console.WriteLine(
                FormattableString.Invariant($"ped2, clips {part + 1}, {part + 5}, … left out: ")
                + FormattableString.Invariant($"{hundredth:0.00 %} false alarms at 1 %, {tenth:0.0 %} at 10 %"));
        }
    }

    /// <summary>An hour in a room: half of it is learned, the rest is scored as it is and with drawings in it.</summary>
    private static void Room(string clip)
    {
        var state = Learn([clip + "#0-1800"]);
        var threshold = state.ThresholdAt(0.01);
        var normal = new[] { 1900, 2300, 2700, 3100 }.SelectMany(from => Score($"{clip}#{from}-{from + 120}", state)).ToList();
        Console.WriteLine(FormattableString.Invariant($"room, as it goes on: {Alarms(normal, threshold):0.0 %} false alarms at 1 %"));
        var same = new[] { 2100, 2900 }
            .SelectMany(from => Score($"{clip}#{from}-{from + 60}", state).Where(f => f.Seconds > Excerpts.AppearsAt))
            .ToList();
        foreach (var drawing in Excerpts.Drawings)
        {
            var seen = new[] { 2100, 2900 }
                .SelectMany(from => Score($"{clip}#{from}-{from + 60}#{drawing}", state).Where(f => f.Seconds > Excerpts.AppearsAt))
                .ToList();
            var auc = Ped2.Auc([.. normal.Select(f => (f.Score, false)), .. seen.Select(f => (f.Score, true))]);
            var pairs = Ped2.Auc([.. same.Select(f => (f.Score, false)), .. seen.Select(f => (f.Score, true))]);
            var attribute = seen.CountBy(f => f.Reason.Attribute).MaxBy(a => a.Value).Key;
            Console.WriteLine(
                FormattableString.Invariant($"room, {drawing}: AUC {auc:0.0 %}, {pairs:0.0 %} against the very same minutes, ")
                + FormattableString.Invariant($"found {Alarms(seen, threshold):0.0 %} of the time, mostly by {attribute}"));
        }
    }

    /// <summary>Three other cameras with little footage, most of it learned and the rest normal; and a fight after learned walks.</summary>
    private static void Others(string folder)
    {
        foreach (var (clip, seconds) in new[] { ("ir-motion-1.mp4", 80), ("ir-motion-3.mp4", 11), ("shop-fragmented-mp4.mp4", 20) })
        {
            var path = Path.Combine(folder, clip);
            var state = Learn([$"{path}#0-{seconds}"]);
            var scores = Score($"{path}#{seconds}-9999", state);
            var alarms = Alarms(scores, state.ThresholdAt(0.01));
            Console.WriteLine(FormattableString.Invariant(
                $"{clip} after its first {seconds} s: {alarms:0.0 %} false alarms at 1 %, highest {scores.Max(s => s.Score):0.0}"));
        }

        var corridor = Learn([Path.Combine(folder, "corridor-walk-1.mp4"), Path.Combine(folder, "corridor-walk-2.mp4")]);
        foreach (var clip in new[] { "corridor-walk-3.mp4", "corridor-fight-1.mp4", "corridor-fight-2.mp4", "corridor-fight-3.mp4" })
        {
            var scores = Score(Path.Combine(folder, clip), corridor);
            var alarms = Alarms(scores, corridor.ThresholdAt(0.01));
            Console.WriteLine(
                FormattableString.Invariant($"{clip} after two walks: {alarms:0.0 %} of its frames above 1 %, ")
                + FormattableString.Invariant($"mean {scores.Average(s => s.Score):0.0}, highest {scores.Max(s => s.Score):0.0}"));
        }
    }

    private static SceneState Learn(List<string> clips)
    {
        var learned = new SceneLearner(s_decoder, () => new OpenCvPointTracker()).Learn(clips, null);
        return learned.IsOk ? learned.Value : throw new InvalidOperationException(learned.Error.Message);
    }

    private static List<SceneFrame> Score(string clip, SceneState state)
    {
        var frames = new List<SceneFrame>();
        var score = new SceneDetector(s_decoder, () => new OpenCvPointTracker()).Score(clip, state, frames.Add);
        return score.IsOk ? frames : throw new InvalidOperationException(score.Error.Message);
    }

    private static double Alarms(List<SceneFrame> frames, double threshold) => frames.Average(f => f.Score > threshold ? 1.0 : 0);
}
