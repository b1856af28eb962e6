namespace Siaga.Scenes.Learning;

/// <summary>A histogram of scores. Histograms add up exactly and in any order.</summary>
internal sealed class ScoreHistogram
{
    public const int Bins = 512;

    // A bin is one percent wide, relative to the distance from -2: 512 of them reach 250.
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

    /// <summary>The position of a score in bins, from the lower edge of the first.</summary>
    public static double Position(double score) => Math.Log2(Math.Max(score + Origin, 1)) * BinsPerOctave;

    /// <summary>The score in the middle of a bin.</summary>
    public static double Middle(double bin) => Math.Pow(2, (bin + 0.5) / BinsPerOctave) - Origin;

    /// <summary>The score below which a share of all scores lies; the lowest bin's score when the histogram is empty.</summary>
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

    /// <summary>
    /// The mean excess of the scores above a given one. At least a fifth, whether of a standard deviation, a nat or a distance, because no
    /// scene is more regular.
    /// </summary>
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
