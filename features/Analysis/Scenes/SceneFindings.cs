using Siaga.Messages;

namespace Siaga.Analysis.Scenes;

/// <summary>What follows from the scene detector's finding for a clip.</summary>
internal static class SceneFindings
{
    /// <summary>The type of the anomaly.</summary>
    public static string Label(this SceneFinding scene) => $"unusual_{scene.Attribute ?? "scene"}";
}
