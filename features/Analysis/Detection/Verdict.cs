using Siaga.Primitives;

namespace Siaga.Analysis.Detection;

/// <summary>The meaning of a model's scores by its manifest.</summary>
/// <param name="Labels">Score of every label, over all windows.</param>
/// <param name="Anomaly">True when the clip shows an anomaly.</param>
/// <param name="Label">For an anomaly the highest anomaly label; otherwise the highest of all labels.</param>
/// <param name="Confidence">Sum of the anomaly labels' scores, whatever the verdict.</param>
internal sealed record Verdict(IReadOnlyDictionary<string, double> Labels, bool Anomaly, string Label, double Confidence)
{
    /// <summary>
    /// Aggregates windows by their confidence, so that scores and confidence stay consistent: <c>max</c> takes the window with the highest
    /// confidence, <c>p90</c> interpolates between the two windows around the 90th percentile (linearly, like NumPy), and <c>mean</c> is
    /// the mean of each label. An anomaly needs the aggregate and <c>consecutive</c> windows in a row at the threshold; a clip with fewer
    /// windows needs all of them.
    /// </summary>
    /// <param name="manifest">The aggregation and threshold.</param>
    /// <param name="answers">Scores of each window, in the order of the labels and of the clip; at least one window.</param>
    /// <param name="labels">In the order of the model's outputs.</param>
    public static Result<Verdict> Of(ModelManifest manifest, IReadOnlyList<double[]> answers, IReadOnlyList<string> labels)
    {
        if (answers.Any(a => !a.All(double.IsFinite)))
            return new Error(ErrorKind.Invalid, "scores_not_finite", "The model answered with invalid numbers (NaN or infinite).");
        double Confidence(double[] scores) => labels.Select((label, i) => manifest.IsAnomaly(label) ? scores[i] : 0).Sum();

        double[] ordered = [.. answers.Select(Confidence)];
        var scores = Aggregate(manifest.Aggregate, answers, ordered);
        var confidence = Confidence(scores);
        var anomaly = confidence >= manifest.Threshold
            && LongestRun(ordered, manifest.Threshold) >= Math.Min(manifest.Consecutive, answers.Count);
        var named = labels.Select((label, i) => (label, score: scores[i])).ToList();
        var best = named.Where(n => !anomaly || manifest.IsAnomaly(n.label)).MaxBy(n => n.score).label;
        return new Verdict(named.ToDictionary(n => n.label, n => n.score, StringComparer.Ordinal), anomaly, best ?? labels[0], confidence);
    }

    private static double[] Aggregate(string aggregate, IReadOnlyList<double[]> answers, double[] confidences)
    {
        if (answers.Count == 1)
            return answers[0];
        if (aggregate == "mean")
            return [.. Enumerable.Range(0, answers[0].Length).Select(i => answers.Average(a => a[i]))];
        var byConfidence = Enumerable.Range(0, answers.Count).OrderBy(i => confidences[i]).Select(i => answers[i]).ToList();
        var place = (aggregate == "p90" ? 0.9 : 1) * (answers.Count - 1);
        var (low, high) = (byConfidence[(int)place], byConfidence[(int)Math.Ceiling(place)]);
        return [.. low.Zip(high, (l, h) => l + ((h - l) * (place - Math.Floor(place))))];
    }

    private static int LongestRun(double[] confidences, double threshold)
    {
        var (longest, run) = (0, 0);
        foreach (var confidence in confidences)
        {
            run = confidence >= threshold ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
