using Siaga.Scenes.Motion;

namespace Siaga.Scenes.Learning;

/// <summary>
/// All that is known of a camera's normal: sums, counts and a sample. Sums are kept as whole numbers, so that statistics from many workers
/// add up to the very same bits in whatever order they come.
/// </summary>
internal sealed class SceneStatistics(SceneGrid grid)
{
    /// <summary>Fixed-point steps of one.</summary>
    public const double One = 1 << 20;

    public const int NoiseBins = 256;

    // Grey levels to bins of the noise histogram.
    private const int BinsPerLevel = 16;

    public SceneGrid Grid { get; } = grid;

    /// <summary>Frames learned from.</summary>
    public long Frames { get; set; }

    /// <summary>Of them, those with an active cell.</summary>
    public long ActiveFrames { get; set; }

    /// <summary>Footage learned from, milliseconds of media time.</summary>
    public long Milliseconds { get; set; }

    /// <summary>Frames in which a cell was active.</summary>
    public long[] Active { get; } = new long[grid.Cells];

    /// <summary>Of them, those with a speed.</summary>
    public long[] Moving { get; } = new long[grid.Cells];

    public long[] SpeedSum { get; } = new long[grid.Cells];

    public long[] SpeedSquares { get; } = new long[grid.Cells];

    public long[] SizeSum { get; } = new long[grid.Cells];

    public long[] SizeSquares { get; } = new long[grid.Cells];

    /// <summary>Octant by octant.</summary>
    public long[] Octants { get; } = new long[CellFrame.Directions * grid.Cells];

    /// <summary>Median differences from the background, one a frame.</summary>
    public long[] Noise { get; } = new long[NoiseBins];

    public Exemplars Exemplars { get; } = new();

    /// <summary>Scores of frames that the scoring model had not seen, an attribute each.</summary>
    public ScoreHistogram[] HeldOut { get; } = [.. Enumerable.Range(0, Attributes.Count).Select(_ => new ScoreHistogram())];

    /// <summary>The same frames' scores as a whole.</summary>
    public ScoreHistogram Fused { get; } = new();

    /// <summary>The highest score of every ten seconds of such footage.</summary>
    public ScoreHistogram Peaks { get; } = new();

    /// <summary>The sums, in the order in which they are stored.</summary>
    public IEnumerable<long[]> Sums =>
        [Active, Moving, SpeedSum, SpeedSquares, SizeSum, SizeSquares, Octants, Noise, .. HeldOut.Select(h => h.Counts), Fused.Counts, Peaks.Counts];

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

    /// <summary>Adds another's. The grids are the same.</summary>
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

    /// <summary>Makes what is known weigh more or less; how much footage it was stays.</summary>
    /// <param name="share">From 0.</param>
    /// <param name="seed">Decides how parts of one are rounded; the same seed, the same numbers.</param>
    /// <remarks>
    /// Rounded up as often as the part of one says, by lot. Rounded to the nearest, a small count would never fade where little is taken away often:
    /// 40 · 0.996 is 40 again, every hour.
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

    /// <summary>The camera's median difference from its background, grey levels; null before the first frame.</summary>
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

    /// <summary>Whether these could have been counted: read from a file, they may have come from anywhere.</summary>
    public bool IsPossible()
    {
        // A thousand years at ten frames a second; sums and squares of values below 64 fit well below.
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
