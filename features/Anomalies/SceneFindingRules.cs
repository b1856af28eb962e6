using Siaga.Primitives;

namespace Siaga.Anomalies;

/// <summary>Names of the detectors.</summary>
internal static class Detectors
{
    /// <summary>The trained model.</summary>
    public const string Model = "model";

    /// <summary>The scene detector, which learns from the camera's own past.</summary>
    public const string Scene = "scene";

    public static bool IsOne(string name) => name is Model or Scene;
}

/// <summary>The scene detector's finding for a clip, at its most unusual moment.</summary>
internal sealed record SceneFinding
{
    /// <summary>Version of the scene model that scored the clip; 0 when the clip was the camera's first.</summary>
    public required int Version { get; init; }

    /// <summary>At least 0; each 1 more is about ten times as rare in the camera's own past.</summary>
    public required double Score { get; init; }

    /// <summary>A score above it is an alarm; follows from the camera's <c>false_alarms_a_day</c>.</summary>
    public double Threshold { get; init; }

    /// <summary>True when the scene detector raises an alarm.</summary>
    public bool Alarm { get; init; }

    /// <summary>True while the camera is still learning: the score means little, and raises no alarm.</summary>
    public bool Provisional { get; init; }

    /// <summary>True when the clip shows a different view than the learned one.</summary>
    public bool Moved { get; init; }

    /// <summary>The most unusual moment, in seconds from the clip's first frame.</summary>
    public double AtS { get; init; }

    /// <summary>Left, top, width, height in pixels of the clip's own picture. Absent when no place stands out.</summary>
    public IReadOnlyList<int>? Box { get; init; }

    /// <summary><c>speed</c>, <c>size</c>, <c>place</c>, <c>direction</c> or <c>scene</c>.</summary>
    public string? Attribute { get; init; }

    /// <summary>A sentence that contains the numbers.</summary>
    public string? Explanation { get; init; }

    public static SceneFinding Example { get; } = new()
    {
        Version = 12,
        Score = 6.4,
        Threshold = 4.1,
        Alarm = true,
        AtS = 3.2,
        Box = [212, 96, 48, 110],
        Attribute = "speed",
        Explanation = "Moves at 52 px/s here, where 18 ± 4 is normal.",
    };

    /// <summary>Null when the finding is valid.</summary>
    public static Error? Check(SceneFinding s) =>
        s is { Version: >= 0, Score: >= 0, Threshold: >= 0, AtS: >= 0 }
        && double.IsFinite(s.Score) && double.IsFinite(s.Threshold) && double.IsFinite(s.AtS)
        && (s.Box is null || (s.Box.Count == 4 && s.Box.All(v => v is >= 0 and <= 100_000)))
            ? (s.Attribute is null ? null : ReportRules.Text(s.Attribute, "scene", 20))
                ?? (s.Explanation is null ? null : ReportRules.Text(s.Explanation, "scene", 500))
            : ReportRules.Invalid("scene", "has numbers that cannot be");
}
