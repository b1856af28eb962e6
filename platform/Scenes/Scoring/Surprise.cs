using Siaga.Scenes.Learning;

namespace Siaga.Scenes.Scoring;

/// <summary>
/// The meaning of an attribute's score: minus the decimal logarithm of the share of normal moments that score as high. Within the observed
/// range it is counted; in the last twentieth and beyond it follows an exponential tail, because the rarest counts are chance.
/// </summary>
internal sealed class Surprise
{
    private const double TailShare = 0.05;

    private readonly double[] _byBin = new double[ScoreHistogram.Bins];
    private readonly double _tailFrom = double.PositiveInfinity;
    private readonly double _tailSlope;

    public Surprise(ScoreHistogram heldOut)
    {
        var total = heldOut.Total;
        if (total == 0)
            return;
        double above = total;
        for (var bin = 0; bin < ScoreHistogram.Bins; bin++)
        {
            // Half of a bin's own count lies above its middle.
            _byBin[bin] = Math.Min(-Math.Log10(Math.Max(above - (heldOut.Counts[bin] / 2.0), 0.5) / total), -Math.Log10(TailShare));
            above -= heldOut.Counts[bin];
        }

        _tailFrom = heldOut.Quantile(1 - TailShare);
        _tailSlope = 1 / (heldOut.MeanExcess(_tailFrom) * Math.Log(10));
    }

    public double Of(double score)
    {
        if (score > _tailFrom)
            return -Math.Log10(TailShare) + ((score - _tailFrom) * _tailSlope);

        // Interpolated between the middles of bins, so that moments with different scores do not tie.
        var position = ScoreHistogram.Position(score) - 0.5;
        var bin = Math.Clamp((int)Math.Floor(position), 0, ScoreHistogram.Bins - 2);
        var part = Math.Clamp(position - bin, 0, 1);
        return (_byBin[bin] * (1 - part)) + (_byBin[bin + 1] * part);
    }
}
