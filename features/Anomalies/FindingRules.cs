using Siaga.Messages;
using Siaga.Primitives;

namespace Siaga.Anomalies;

/// <summary>Validates the findings in a worker's report.</summary>
internal static class FindingRules
{
    public static Finding Example { get; } = new(Detectors.Scene, "unusual_speed", 6.4, 4.1, 2.6, 4.2, 3.2, Alarm: true)
    {
        Box = [212, 96, 48, 110],
        Attribute = "speed",
        Value = 52,
        Usual = 18,
    };

    /// <summary>Null when the finding is valid.</summary>
    public static Error? Check(IReadOnlyList<Finding> findings) => findings.Count > Finding.MostInReport
        ? ReportRules.Invalid("findings", $"must have at most {Finding.MostInReport} entries")
        : findings.Select(Check).FirstOrDefault(e => e is not null);

    private static Error? Check(Finding f)
    {
        if (f is null || !Numbers(f).All(double.IsFinite) || f is not { FromS: >= 0, AtS: >= 0 } || f.ToS < f.FromS)
            return ReportRules.Invalid("findings", "must have finite numbers, and times that are at least 0 and in order");
        if (f.Box is { } box && !(box.Count == 4 && box.All(v => v is >= 0 and <= 100_000)))
            return ReportRules.Invalid("findings", "must have boxes of left, top, width and height in pixels");
        return ReportRules.Text(f.Detector ?? "", "findings", 20)
            ?? ReportRules.Text(f.Type ?? "", "findings", 100)
            ?? ReportRules.Text(f.Attribute ?? "-", "findings", 20);
    }

    private static double[] Numbers(Finding f) => [f.Score, f.Threshold, f.FromS, f.ToS, f.AtS, f.Value ?? 0, f.Usual ?? 0];
}
