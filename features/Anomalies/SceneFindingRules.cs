using Siaga.Messages;
using Siaga.Primitives;

namespace Siaga.Anomalies;

/// <summary>Validates the scene detector's finding in a report.</summary>
internal static class SceneFindingRules
{
    public static SceneFinding Example { get; } = new()
    {
        Version = 12,
        Score = 6.4,
        Threshold = 4.1,
        Alarm = true,
        AtS = 3.2,
        Box = [212, 96, 48, 110],
        Attribute = "speed",
        Explanation = "About 3 times faster than usual here.",
    };

    /// <summary>Null when the finding is valid.</summary>
    public static Error? Check(SceneFinding s) =>
        s is { Version: >= 0, Score: >= 0, Threshold: >= 0, AtS: >= 0 }
        && double.IsFinite(s.Score) && double.IsFinite(s.Threshold) && double.IsFinite(s.AtS)
        && (s.Box is null || (s.Box.Count == 4 && s.Box.All(v => v is >= 0 and <= 100_000)))
            ? (s.Attribute is null ? null : ReportRules.Text(s.Attribute, "scene", 20))
                ?? (s.Explanation is null ? null : ReportRules.Text(s.Explanation, "scene", 500))
            : ReportRules.Invalid("scene", "has invalid numbers");
}
