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

    public static int BinOf(double score) => (int)Math.Clamp(Position(score), 0, Bins - 1);

    /// <summary>Where a score lies in bins, from the first one's lower edge.</summary>
    public static double Position(double score) => Math.Log2(Math.Max(score + Origin, 1)) * BinsPerOctave;

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

    /// <summary>By how much the scores above one exceed it on average; a fifth at least, whether of a deviation, a nat or a distance: no scene is so regular.</summary>
    public double MeanExcess(double score)
    {
        var (excess, count) = (0.0, 0L);
        for (var bin = BinOf(score) + 1; bin < Bins; bin++)
        {
            excess += Counts[bin] * (Middle(bin) - score);
            count += Counts[bin];
        }

        return Math.Max(count > 0 ? excess / count : 0, 0.2);
    }
}
