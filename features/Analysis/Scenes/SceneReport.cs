namespace Siaga.Analysis.Scenes;

/// <summary>What the scene detector says of a clip, as it is reported.</summary>
/// <param name="Version">Of the camera's scene; 0: the clip is its first.</param>
/// <param name="Score">Of the most unusual moment.</param>
/// <param name="Threshold">Above it is an alarm.</param>
/// <param name="Alarm">It raises one.</param>
/// <param name="Provisional">The camera is still learning.</param>
/// <param name="Moved">The clip shows another view.</param>
/// <param name="AtS">The moment, seconds from the clip's first frame.</param>
/// <param name="Box">Left, top, width, height in pixels of the clip; null: no place stands out.</param>
/// <param name="Attribute"><c>speed</c>, <c>size</c>, <c>place</c>, <c>direction</c> or <c>scene</c>.</param>
/// <param name="Explanation">A sentence with its numbers.</param>
internal sealed record SceneReport(
    int Version, double Score, double Threshold, bool Alarm, bool Provisional, bool Moved, double AtS, IReadOnlyList<int>? Box,
    string? Attribute, string? Explanation)
{
    // Below it a score would count as certain.
    internal const double LeastThreshold = 1e-3;

    /// <summary>0 to 1: a half at the threshold, more above it.</summary>
    public double Confidence() => Score <= 0 ? 0 : Score / (Score + Math.Max(Threshold, LeastThreshold));

    /// <summary>The kind of its anomaly.</summary>
    public string Label() => $"unusual_{Attribute ?? "scene"}";
}
