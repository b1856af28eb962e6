using System.Numerics;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;

namespace Siaga.Scenes.Scoring;

/// <summary>
/// What is normal in each cell, made from statistics: every cell learns from its neighbours and, with little data, from the whole picture.
/// </summary>
internal sealed class SceneModel
{
    // Cells. The range of the blur over neighbours for speed, size and direction; place uses half of it.
    private const double Spread = 2;
    private const double PlaceSpread = 1;

    // Weight, in frames, of the whole picture's normal in each cell.
    private const double PriorFrames = 50;
    private const double PriorDirections = 20;

    // A z below this is cut off: slower or smaller than usual must not cancel that something was fast.
    private const float LeastDeviation = -1;

    // Smallest deviations: a seventh of a speed, because the flow has no finer steps, and a fiftieth of the surroundings.
    private const double LeastSpeedDeviation = 0.14;
    private const double LeastSizeDeviation = 0.02;

    private readonly float[] _speedMean;
    private readonly float[] _speedDeviation;
    private readonly float[] _sizeMean;
    private readonly float[] _sizeDeviation;
    private readonly float[] _place;
    private readonly float[] _directions;

    public SceneModel(SceneStatistics statistics)
    {
        Grid = statistics.Grid;
        var blur = new Gaussian(Grid.Columns, Grid.Rows, Spread);
        var active = Blurred(statistics.Active, 1, blur);
        (_speedMean, _speedDeviation) = Normal(
            Blurred(statistics.Moving, 1, blur), statistics.SpeedSum, statistics.SpeedSquares, statistics.Moving,
            LeastSpeedDeviation, blur);
        (_sizeMean, _sizeDeviation) = Normal(
            active, statistics.SizeSum, statistics.SizeSquares, statistics.Active, LeastSizeDeviation, blur);
        _place = Places(statistics);
        _directions = Directions(statistics, blur);
        Novelty = new SceneNovelty(statistics.Exemplars);
    }

    public SceneGrid Grid { get; }

    public SceneNovelty Novelty { get; }

    /// <summary>
    /// How unusual each attribute of an active cell is: standard deviations (speed, size), or minus the logarithm of a probability (place,
    /// direction).
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="n">Index among its active cells.</param>
    public Vector4 Judge(CellFrame frame, int n)
    {
        var cell = frame.Cell[n];
        var size = Math.Max((frame.Size[n] - _sizeMean[cell]) / _sizeDeviation[cell], LeastDeviation);
        if (!frame.HasMotion)
            return new Vector4(0, size, _place[cell], 0);
        var speed = Math.Max((frame.LogSpeed[n] - _speedMean[cell]) / _speedDeviation[cell], LeastDeviation);
        var (moving, unusual) = (0.05f, 0f);
        for (var d = 0; d < CellFrame.Directions; d++)
        {
            var share = frame.Octants[(n * CellFrame.Directions) + d];
            moving += share;
            unusual += share * _directions[(d * Grid.Cells) + cell];
        }

        return new Vector4(speed, size, _place[cell], unusual / moving);
    }

    /// <summary>Normal speed at a cell, in pixels a tenth of a second: the median, and what one in six exceeds.</summary>
    public (double Usual, double High) SpeedAt(int cell) =>
        (Math.Exp(_speedMean[cell]) - 0.05, Math.Exp(_speedMean[cell] + _speedDeviation[cell]) - 0.05);

    /// <summary>Normal foreground share of a cell's surroundings and its deviation, 0 to 1.</summary>
    public (double Mean, double Deviation) SizeAt(int cell) => (_sizeMean[cell], _sizeDeviation[cell]);

    /// <summary>Share of frames in which a cell is active, 0 to 1.</summary>
    public double ActivityAt(int cell) => Math.Min(Math.Exp(-_place[cell]), 1);

    /// <summary>Share of movements at a cell that go into an octant, 0 to 1.</summary>
    public double DirectionShareAt(int cell, int octant) => Math.Min(Math.Exp(-_directions[(octant * Grid.Cells) + cell]), 1);

    private static (float[] Mean, float[] Deviation) Normal(
        float[] counts, long[] sums, long[] squares, long[] raw, double least, Gaussian blur)
    {
        var total = Math.Max(raw.Sum(), 1);
        var priorMean = sums.Sum() / SceneStatistics.One / total;

        // Before the first cell was active nothing is known; a deviation of 1 lets little stand out.
        var priorSquare = raw.Sum() > 0 ? squares.Sum() / SceneStatistics.One / total : 1;
        var (mean, deviation) = (Blurred(sums, SceneStatistics.One, blur), Blurred(squares, SceneStatistics.One, blur));
        for (var i = 0; i < mean.Length; i++)
        {
            var weight = counts[i] + PriorFrames;
            var m = (mean[i] + (PriorFrames * priorMean)) / weight;
            mean[i] = (float)m;
            deviation[i] = (float)Math.Sqrt(Math.Max(((deviation[i] + (PriorFrames * priorSquare)) / weight) - (m * m), least * least));
        }

        return (mean, deviation);
    }

    private static float[] Places(SceneStatistics statistics)
    {
        var place = Blurred(statistics.Active, 1, new Gaussian(statistics.Grid.Columns, statistics.Grid.Rows, PlaceSpread));
        var mean = place.Average();
        for (var i = 0; i < place.Length; i++)
        {
            var share = (place[i] + (PriorFrames * mean / Math.Max(statistics.Frames, 1)) + 0.5) / (statistics.Frames + PriorFrames + 1);
            place[i] = (float)-Math.Log(share);
        }

        return place;
    }

    private static float[] Directions(SceneStatistics statistics, Gaussian blur)
    {
        var cells = statistics.Grid.Cells;
        var octants = Enumerable.Range(0, CellFrame.Directions)
            .Select(d => Blurred(statistics.Octants.AsSpan(d * cells, cells), SceneStatistics.One, blur)).ToArray();
        var all = octants.Select(o => (double)o.Sum()).ToArray();
        var total = Math.Max(all.Sum(), 1e-9);
        var unusual = new float[CellFrame.Directions * cells];
        Span<double> share = stackalloc double[CellFrame.Directions];
        for (var cell = 0; cell < cells; cell++)
        {
            double here = PriorDirections;
            foreach (var octant in octants)
                here += octant[cell];
            for (var d = 0; d < CellFrame.Directions; d++)
                share[d] = (octants[d][cell] + (PriorDirections * (all.Sum() > 0 ? all[d] / total : 1.0 / CellFrame.Directions))) / here;
            for (var d = 0; d < CellFrame.Directions; d++)
            {
                // Half of each octant comes from its neighbours, because no one walks exactly along the middle of an octant.
                var smooth = (0.5 * share[d]) + (0.25 * share[(d + 1) & 7]) + (0.25 * share[(d + 7) & 7]);
                unusual[(d * cells) + cell] = (float)-Math.Log(smooth + 1e-4);
            }
        }

        return unusual;
    }

    private static float[] Blurred(ReadOnlySpan<long> sums, double one, Gaussian blur)
    {
        var values = new float[sums.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(sums[i] / one);
        blur.Apply(values);
        return values;
    }
}
