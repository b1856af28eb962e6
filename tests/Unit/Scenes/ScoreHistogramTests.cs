using CsCheck;
using Siaga.Scenes.Learning;

namespace Siaga.Tests.Unit.Scenes;

public sealed class ScoreHistogramTests
{
    private static readonly Gen<double> s_score = Gen.Double[-5, 240];

    [Fact]
    public void A_higher_score_is_never_in_a_lower_bin_and_a_bin_is_about_one_percent_wide() =>
        Gen.Select(s_score, s_score).Sample((a, b) =>
        {
            var (low, high) = (Math.Min(a, b), Math.Max(a, b));
            var error = Math.Abs(ScoreHistogram.Middle(ScoreHistogram.BinOf(high)) - Math.Max(high, -1));
            return ScoreHistogram.BinOf(low) <= ScoreHistogram.BinOf(high) && error <= 0.011 * (Math.Max(high, -1) + 2);
        });

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(-100, 0)]
    [InlineData(0, 64)]
    [InlineData(1e9, 511)]
    public void Scores_outside_are_in_the_outermost_bins(double score, int bin) => Assert.Equal(bin, ScoreHistogram.BinOf(score));

    [Fact]
    public void A_quantile_is_the_score_that_so_many_do_not_exceed() =>
        Gen.Select(s_score.Array[1, 60], Gen.Int[1, 60]).Sample((scores, k) =>
        {
            var place = Math.Min(k, scores.Length);
            var expected = scores.Select(ScoreHistogram.BinOf).Order().ElementAt(place - 1);
            return Of(scores).Quantile((place - 0.5) / scores.Length) == ScoreHistogram.Middle(expected);
        });

    [Fact]
    public void Without_scores_there_is_nothing_but_the_lowest_bin()
    {
        Assert.Equal(ScoreHistogram.Middle(0), new ScoreHistogram().Quantile(0.5));
        Assert.Equal(0.2, new ScoreHistogram().MeanExcess(1));
    }

    [Fact]
    public void The_mean_excess_counts_only_what_is_above_and_has_a_lower_bound()
    {
        Assert.Equal(5, Of([0, 4, 6]).MeanExcess(0), 0.1);
        Assert.Equal(1, Of([5, 6]).MeanExcess(5), 0.1);
        Assert.Equal(0.2, Of([0, 1]).MeanExcess(6));
        Assert.Equal(0.2, Of([5, 5.1]).MeanExcess(5));
    }

    [Fact]
    public void Histograms_add_up_in_any_order() => Gen.Select(s_score.Array[0, 30], s_score.Array[0, 30]).Sample((a, b) =>
    {
        var (ab, ba) = (Of(a), Of(b));
        ab.Merge(Of(b));
        ba.Merge(Of(a));
        return ab.Counts.SequenceEqual(Of([.. a, .. b]).Counts) && ab.Counts.SequenceEqual(ba.Counts) && ab.Total == a.Length + b.Length;
    });

    private static ScoreHistogram Of(double[] scores)
    {
        var histogram = new ScoreHistogram();
        foreach (var score in scores)
            histogram.Add(score);
        return histogram;
    }
}
