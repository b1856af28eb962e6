using Siaga.Messages;

namespace Siaga.Analysis.Scenes;

/// <summary>The scene detector's finding for a clip, as it is reported.</summary>
/// <param name="Version">The scene model's version; 0 when the clip is the camera's first.</param>
/// <param name="Score">The score of the most unusual moment.</param>
/// <param name="Threshold">The score above which a moment raises an alarm.</param>
/// <param name="Alarm">True when the clip raises an alarm.</param>
/// <param name="Provisional">True while the camera is still learning.</param>
/// <param name="Moved">True when the clip shows a different view.</param>
/// <param name="AtS">The most unusual moment, in seconds from the clip's first frame.</param>
/// <param name="Box">Left, top, width, height in pixels of the clip; null when no place stands out.</param>
/// <param name="Attribute"><c>speed</c>, <c>size</c>, <c>place</c>, <c>direction</c> or <c>scene</c>.</param>
/// <param name="Explanation">The reason as an English sentence. Its values are in the finding.</param>
internal sealed record SceneReport(
    int Version, double Score, double Threshold, bool Alarm, bool Provisional, bool Moved, double AtS, IReadOnlyList<int>? Box,
    string? Attribute, string? Explanation)
{
    // A lower threshold would make any score count as certain.
    internal const double LeastThreshold = 1e-3;

    /// <summary>0 to 1: one half at the threshold, more above it.</summary>
    public double Confidence() => Score <= 0 ? 0 : Score / (Score + Math.Max(Threshold, LeastThreshold));

    public SceneFinding ToFinding() => new()
    {
        Version = Version,
        Score = Score,
        Threshold = Threshold,
        Alarm = Alarm,
        Provisional = Provisional,
        Moved = Moved,
        AtS = AtS,
        Box = Box,
        Attribute = Attribute,
        Explanation = Explanation,
    };

    /// <summary>The type of the anomaly.</summary>
    public string Label() => $"unusual_{Attribute ?? "scene"}";
}
