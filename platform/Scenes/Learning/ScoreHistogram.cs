namespace Siaga.Scenes.Learning;

/// <summary>How often a score had which value. Two histograms add up to one, exactly and in any order.</summary>
internal sealed class ScoreHistogram
{
    public const int Bins = 512;

    // A bin is one percent wide, as a share of what lies above -2: 512 of them reach 250.
    private const double BinsPerOctave = 64;
    private const double Origin = 2;

    public long[] Counts { get; } = new long[Bins];

    public long Total => Counts.Sum();

    public void Add(double score) => Counts[BinOf(score)]++;

    public void Merge(ScoreHistogram other)
    {
        for (var i = 0; i < Bins; i++)
            Counts[i] += other.Counts[i];
    }

    public static int BinOf(double score) =>
        (int)Math.Clamp(Math.Log2(Math.Max(score + Origin, 1)) * BinsPerOctave, 0, Bins - 1);

    /// <summary>The score at a bin's middle.</summary>
    public static double Middle(double bin) => Math.Pow(2, (bin + 0.5) / BinsPerOctave) - Origin;

    /// <summary>The score that a share of all stays below; the lowest bin's where there is none.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share)
    {
        var wanted = share * Total;
        long seen = 0;
        for (var bin = 0; bin < Bins; bin++)
        {
            seen += Counts[bin];
            if (seen > 0 && seen >= wanted)
                return Middle(bin);
        }

        return Middle(0);
    }
}
