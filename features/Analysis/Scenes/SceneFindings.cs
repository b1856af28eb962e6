using Siaga.Messages;

namespace Siaga.Analysis.Scenes;

/// <summary>What follows from the scene detector's finding for a clip.</summary>
internal static class SceneFindings
{
    // A lower threshold would make any score count as certain.
    internal const double LeastThreshold = 1e-3;

    /// <summary>0 to 1: one half at the threshold, more above it.</summary>
    public static double Confidence(this SceneFinding scene) =>
        scene.Score <= 0 ? 0 : scene.Score / (scene.Score + Math.Max(scene.Threshold, LeastThreshold));

    /// <summary>The type of the anomaly.</summary>
    public static string Label(this SceneFinding scene) => $"unusual_{scene.Attribute ?? "scene"}";
}
