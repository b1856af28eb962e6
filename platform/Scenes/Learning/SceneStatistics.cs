using Siaga.Scenes.Motion;

namespace Siaga.Scenes.Learning;

/// <summary>
/// Everything that is known of what is normal on a camera: sums, counts and a sample. Sums are whole numbers, so that statistics from many
/// workers add up to identical bits in any order.
/// </summary>
internal sealed class SceneStatistics(SceneGrid grid)
{
    /// <summary>Fixed-point steps for the value 1.</summary>
    public const double One = 1 << 20;

    public const int NoiseBins = 256;

    // Bins of the noise histogram for one grey level.
    private const int BinsPerLevel = 16;

    public SceneGrid Grid { get; } = grid;

    /// <summary>Number of frames learned from.</summary>
    public long Frames { get; set; }

    /// <summary>Of these, the number with an active cell.</summary>
    public long ActiveFrames { get; set; }

    /// <summary>Footage learned from, in milliseconds of media time.</summary>
    public long Milliseconds { get; set; }

    /// <summary>For each cell: number of frames in which it was active.</summary>
    public long[] Active { get; } = new long[grid.Cells];

    /// <summary>For each cell: of these, the number with a speed.</summary>
    public long[] Moving { get; } = new long[grid.Cells];

    public long[] SpeedSum { get; } = new long[grid.Cells];

    public long[] SpeedSquares { get; } = new long[grid.Cells];

    public long[] SizeSum { get; } = new long[grid.Cells];

    public long[] SizeSquares { get; } = new long[grid.Cells];

    /// <summary>Movements by octant, all cells of one octant after another.</summary>
    public long[] Octants { get; } = new long[CellFrame.Directions * grid.Cells];

    /// <summary>Histogram of the median difference from the background, one value for each frame.</summary>
    public long[] Noise { get; } = new long[NoiseBins];

    public Exemplars Exemplars { get; } = new();

    /// <summary>Scores of held-out frames, one histogram for each attribute.</summary>
    public ScoreHistogram[] HeldOut { get; } = [.. Enumerable.Range(0, Attributes.Count).Select(_ => new ScoreHistogram())];

    /// <summary>Fused scores of the same frames.</summary>
    public ScoreHistogram Fused { get; } = new();

    /// <summary>The highest score of every ten seconds of held-out footage.</summary>
    public ScoreHistogram Peaks { get; } = new();

    /// <summary>All sums, in the order in which they are stored.</summary>
    public IEnumerable<long[]> Sums =>
        [
            Active, Moving, SpeedSum, SpeedSquares, SizeSum, SizeSquares, Octants, Noise,
            .. HeldOut.Select(h => h.Counts), Fused.Counts, Peaks.Counts
        ];

    public void Add(CellFrame frame, float noise)
    {
        Frames++;
        ActiveFrames += frame.Count > 0 ? 1 : 0;
        Noise[(int)Math.Clamp(noise * BinsPerLevel, 0, NoiseBins - 1)]++;
        for (var n = 0; n < frame.Count; n++)
        {
            var cell = frame.Cell[n];
            Active[cell]++;
            SizeSum[cell] += Fixed(frame.Size[n]);
            SizeSquares[cell] += Fixed(frame.Size[n] * frame.Size[n]);
            if (!frame.HasMotion)
                continue;
            Moving[cell]++;
            SpeedSum[cell] += Fixed(frame.LogSpeed[n]);
            SpeedSquares[cell] += Fixed(frame.LogSpeed[n] * frame.LogSpeed[n]);
            for (var d = 0; d < CellFrame.Directions; d++)
                Octants[(d * Grid.Cells) + cell] += Fixed(frame.Octants[(n * CellFrame.Directions) + d]);
        }
    }

    /// <summary>Adds other statistics on the same grid.</summary>
    public void Merge(SceneStatistics other)
    {
        if (other.Grid != Grid)
            throw new ArgumentException("Statistics of another grid cannot be merged.", nameof(other));
        Frames += other.Frames;
        ActiveFrames += other.ActiveFrames;
        Milliseconds += other.Milliseconds;
        foreach (var (mine, theirs) in Sums.Zip(other.Sums))
        {
            for (var i = 0; i < mine.Length; i++)
                mine[i] += theirs[i];
        }

        Exemplars.Merge(other.Exemplars);
    }

    /// <summary>Scales the weight of what is known; the amount of footage stays.</summary>
    /// <param name="share">At least 0.</param>
    /// <param name="seed">Decides how fractions are rounded; the same seed gives the same numbers.</param>
    /// <remarks>
    /// A fraction is rounded up at random, as often as its size says. With rounding to the nearest a small count would never fade under
    /// many small reductions: 40 · 0.996 is 40 again, every hour.
    /// </remarks>
    public void Scale(double share, int seed)
    {
        var lot = new Lot((ulong)seed);
        foreach (var sums in Sums)
        {
            for (var i = 0; i < sums.Length; i++)
                sums[i] = lot.Round(sums[i] * share);
        }

        Frames = lot.Round(Frames * share);
    }

    /// <summary>The camera's median difference from its background, in grey levels; null before the first frame.</summary>
    public double? MedianNoise()
    {
        var total = Noise.Sum();
        if (total == 0)
            return null;
        long seen = 0;
        var bin = 0;
        for (; bin < NoiseBins - 1 && seen + Noise[bin] <= total / 2; bin++)
            seen += Noise[bin];
        return (bin + 0.5) / BinsPerLevel;
    }

    /// <summary>Whether the numbers are possible counts; a file may contain anything.</summary>
    public bool IsPossible()
    {
        // A thousand years at ten frames a second; sums and squares of values below 64 stay well below the limit.
        const long Most = 1L << 39;
        long[][] counts = [Active, Moving, Noise, .. HeldOut.Select(h => h.Counts), Fused.Counts, Peaks.Counts];
        return Frames <= Most && counts.All(c => c.All(v => v is >= 0 and <= Most))
            && Octants.All(v => v >= 0) && Sums.All(s => s.All(v => Math.Abs((double)v) <= (double)Most * (1 << 22)));
    }

    private static long Fixed(float value) => (long)Math.Round(value * One);

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014): the same on every machine and every version of the runtime.</summary>
    private struct Lot(ulong seed)
    {
        private ulong _state = seed;

        public long Round(double value)
        {
            var floor = Math.Floor(value);
            _state += 0x9E3779B97F4A7C15;
            var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            var uniform = ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
            return (long)floor + (value - floor > uniform ? 1 : 0);
        }
    }
}
