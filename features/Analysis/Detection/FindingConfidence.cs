using Siaga.Messages;

namespace Siaga.Analysis.Detection;

/// <summary>Scores on one scale, whatever the scale of their detector.</summary>
internal static class FindingConfidence
{
    // A lower threshold would make any score count as certain.
    private const double LeastThreshold = 1e-3;

    /// <summary>0 to 1: one half at the threshold, more above it.</summary>
    public static double Confidence(this Finding finding) => Of(finding.Score, finding.Threshold);

    /// <inheritdoc cref="Confidence(Finding)"/>
    public static double Confidence(this SceneFinding scene) => Of(scene.Score, scene.Threshold);

    private static double Of(double score, double threshold) => score <= 0 ? 0 : score / (score + Math.Max(threshold, LeastThreshold));
}
