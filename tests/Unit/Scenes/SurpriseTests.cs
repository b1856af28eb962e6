using CsCheck;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Scoring;

namespace Siaga.Tests.Unit.Scenes;

public sealed class SurpriseTests
{
    [Theory]
    [InlineData(1, 0.046)]
    [InlineData(5, 0.301)]
    [InlineData(9, 1)]
    public void A_score_that_one_in_ten_reaches_is_worth_one(double score, double surprise) =>
        Assert.Equal(surprise, new Surprise(UpToTen()).Of(score), 0.03);

    [Fact]
    public void A_higher_score_is_never_less_of_a_surprise() =>
        Gen.Select(Gen.Double[-3, 40].Array[1, 80], Gen.Double[-3, 60], Gen.Double[-3, 60]).Sample((scores, a, b) =>
        {
            var surprise = new Surprise(Of(scores));
            return surprise.Of(Math.Min(a, b)) >= 0 && surprise.Of(Math.Min(a, b)) <= surprise.Of(Math.Max(a, b)) + 1e-9;
        });

    [Fact]
    public void Beyond_what_was_seen_it_grows_on_and_evenly()
    {
        var surprise = new Surprise(UpToTen());
        Assert.True(surprise.Of(12) > surprise.Of(11));
        Assert.Equal(surprise.Of(12) - surprise.Of(11), surprise.Of(30) - surprise.Of(29), 1e-9);
    }

    [Fact]
    public void Without_a_past_nothing_is_a_surprise() => Assert.Equal(0, new Surprise(new ScoreHistogram()).Of(100));

    private static ScoreHistogram UpToTen() => Of([.. Enumerable.Range(0, 1000).Select(i => i / 100.0)]);

    private static ScoreHistogram Of(double[] scores)
    {
        var histogram = new ScoreHistogram();
        foreach (var score in scores)
            histogram.Add(score);
        return histogram;
    }
}
