using CsCheck;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;

namespace Siaga.Tests.Unit.Scenes;

public sealed class ExemplarsTests
{
    private static readonly Gen<int[]> s_moments = Gen.Int[0, 30].Array[0, 20];

    [Fact]
    public void Two_samples_merge_into_what_one_observer_of_both_would_hold() => Gen.Select(s_moments, s_moments).Sample((a, b) =>
    {
        var (ab, ba, both) = (Of(a), Of(b), Of([.. a, .. b]));
        ab.Merge(Of(b));
        ba.Merge(Of(a));
        return Held(ab).SequenceEqual(Held(both)) && Held(ba).SequenceEqual(Held(both));
    });

    [Fact]
    public void What_is_offered_again_changes_nothing() => s_moments.Sample(moments =>
    {
        var sample = Of([.. moments, .. moments]);
        sample.Merge(Of(moments));
        return Held(sample).SequenceEqual(Held(Of(moments))) && sample.Count == moments.Distinct().Count();
    });

    [Fact]
    public void Of_two_full_samples_the_highest_tickets_stay_in_any_order()
    {
        var (first, second) = (Of([.. Enumerable.Range(0, 1000)]), Of([.. Enumerable.Range(1000, 1000)]));
        var expected = Held(first).Concat(Held(second)).OrderDescending().Take(Exemplars.Capacity).ToList();
        var other = Of([.. Enumerable.Range(1000, 1000)]);
        other.Merge(first);
        first.Merge(second);
        Assert.Equal(expected, Held(first));
        Assert.Equal(expected, Held(other));
        Assert.Equal(1000, first.Count);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(0, 1e30)]
    public void Newer_and_weightier_moments_stay_longer(double halfLives, double weight)
    {
        var sample = Of([.. Enumerable.Range(0, 1000)]);
        for (var i = 0; i < 1000; i++)
            sample.Offer(Picture(200), halfLives, weight, 5000 + i);
        Assert.All(sample.Ordered(), held => Assert.Equal(200, held.Picture.Span[0]));
        Assert.Equal(1000, sample.Count);
    }

    [Fact]
    public void Equal_pictures_of_different_moments_are_two()
    {
        var sample = new Exemplars();
        sample.Offer(Picture(1), 0, 1, 1);
        sample.Offer(Picture(1), 0, 1, 2);
        Assert.Equal(2, sample.Count);
    }

    private static byte[] Picture(int value) => [.. Enumerable.Repeat((byte)value, Thumbnail.Length)];

    private static List<double> Held(Exemplars sample) => [.. sample.Ordered().Select(h => h.Ticket.Rank)];

    private static Exemplars Of(int[] moments)
    {
        var sample = new Exemplars();
        foreach (var moment in moments)
            sample.Offer(Picture(moment % 7), 0, 1, moment);
        return sample;
    }
}
