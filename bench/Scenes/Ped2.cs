using System.Text.Json;

namespace Siaga.Bench.Scenes;

/// <summary>UCSD Pedestrian 2 as clips: 16 to learn from, 12 to score, and labels of anomalous frames.</summary>
internal sealed class Ped2(string folder)
{
    public IReadOnlyList<string> Training { get; } =
        [.. Directory.GetFiles(Path.Combine(folder, "training"), "*.mp4").Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Testing { get; } =
        [.. Directory.GetFiles(Path.Combine(folder, "testing"), "*.mp4").Order(StringComparer.Ordinal)];

    /// <summary>Whether each of a test clip's frames is anomalous.</summary>
    public Func<int, bool> LabelsOf(string clip)
    {
        using var labels = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "labels.json")));
        (int From, int To)[] ranges =
        [
            .. labels.RootElement.GetProperty("testing").GetProperty(Path.GetFileName(clip)).EnumerateArray()
                .Select(r => (r[0].GetInt32() - 1, r[1].GetInt32() - 1)),
        ];
        return frame => ranges.Any(r => frame >= r.From && frame <= r.To);
    }

    /// <summary>
    /// Area under the receiver operating characteristic curve: how often an anomalous frame scores above a normal one; ties count half.
    /// </summary>
    public static double Auc(IReadOnlyCollection<(double Score, bool Anomalous)> frames)
    {
        var sorted = frames.OrderBy(f => f.Score).ToList();
        var (anomalous, ranks) = ((double)sorted.Count(f => f.Anomalous), 0.0);
        for (int i = 0, j; i < sorted.Count; i = j)
        {
            for (j = i; j < sorted.Count && sorted[j].Score.Equals(sorted[i].Score); j++)
            {
            }

            ranks += sorted.GetRange(i, j - i).Count(f => f.Anomalous) * ((i + j + 1) / 2.0);
        }

        return (ranks - (anomalous * (anomalous + 1) / 2)) / (anomalous * (sorted.Count - anomalous));
    }
}
