using CsCheck;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Watch;
using Siaga.Tests.Unit.Fakes;
using Anomaly = Siaga.Messages.Api.AnomalyItem;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class CardQueueTests
{
    // Two cameras and two types within twenty minutes, so that many belong together and some do not.
    private static readonly Gen<Anomaly[]> s_anomalies = Gen.Select(Gen.Int[0, 1200], Gen.Int[1, 2], Gen.Int[0, 1], Gen.Double[0.5, 1])
        .Array[0, 60].Select(all => all.Select((a, i) =>
            FakeDesk.Anomaly(i + 1, a.Item1, a.Item2, a.Item3 == 0 ? "fall" : "fire", a.Item4)).ToArray());

    [Fact]
    public void Every_anomaly_is_on_one_card_of_its_camera_and_type() => s_anomalies.Sample(anomalies =>
    {
        var queue = Of(anomalies);
        return queue.Anomalies == anomalies.Length
            && queue.Cards.SelectMany(c => c.Anomalies).Select(a => a.Id).Order().SequenceEqual(anomalies.Select(a => a.Id))
            && queue.Cards.All(c => c.Anomalies.All(a => (a.CameraId, a.AnomalyType) == (c.CameraId, c.Face.AnomalyType)))
            && anomalies.All(a => queue.CardOf(a.Id)!.Anomalies.Contains(a));
    });

    [Fact]
    public void Within_a_card_no_gap_is_longer_than_two_minutes() => s_anomalies.Sample(anomalies => Of(anomalies).Cards.All(c =>
        c.Anomalies.Zip(c.Anomalies.Skip(1)).All(p => p.First.HappenedAt - p.Second.HappenedAt <= Card.Together)));

    [Fact]
    public void The_newest_first_or_the_oldest_first_make_the_same_cards() => s_anomalies.Sample(anomalies =>
    {
        var (up, down) = (Of([.. anomalies.OrderBy(a => a.HappenedAt)]), Of([.. anomalies.OrderByDescending(a => a.HappenedAt)]));
        return Text(up) == Text(down);

        static string Text(CardQueue queue) => string.Join(';', queue.Cards
            .Select(c => string.Join(',', c.Anomalies.Select(a => a.Id).Order())).Order(StringComparer.Ordinal));
    });

    [Fact]
    public void The_cards_stay_in_order_whatever_comes_and_goes() =>
        Gen.Select(s_anomalies, Gen.Int[0, 60].Array[0, 40], Gen.Bool).Sample((anomalies, gone, bySeverity) =>
        {
            var queue = new CardQueue();
            queue.Order(bySeverity);
            foreach (var (i, a) in anomalies.Index())
            {
                queue.Add(a);
                if (i < gone.Length)
                    queue.Remove(gone[i]);
            }

            return queue.BySeverity == bySeverity && queue.Cards.All(c => c.Anomalies.Count > 0)
                && queue.Cards.Zip(queue.Cards.Skip(1)).All(p => IsBefore(p.First, p.Second, bySeverity))
                && queue.Cards.Sum(c => c.Anomalies.Count) == queue.Anomalies;
        });

    [Fact]
    public void The_order_can_be_changed() => s_anomalies.Sample(anomalies =>
    {
        var queue = Of(anomalies);
        queue.Order(bySeverity: false);
        return queue.Cards.Zip(queue.Cards.Skip(1)).All(p => IsBefore(p.First, p.Second, bySeverity: false));
    });

    [Fact]
    public void It_becomes_what_it_is_told_and_says_what_was_new() =>
        Gen.Select(s_anomalies, Gen.Int[0, 60], Gen.Int[0, 60]).Sample((anomalies, a, b) =>
        {
            var (before, after) = (anomalies.Take(a).ToList(), anomalies.Skip(b).ToList());
            var queue = new CardQueue();
            return queue.Become(before) == before.Count && queue.Become(after) == after.Except(before).Count() && queue.Become(after) == 0
                && queue.Anomalies == after.Count && after.TrueForAll(x => queue.Holds(x.Id));
        });

    [Fact]
    public void One_that_comes_again_is_renewed()
    {
        var queue = Of([FakeDesk.Anomaly(1) with { PictureUrl = null }]);
        Assert.False(queue.Add(FakeDesk.Anomaly(1)));
        Assert.Equal(("/blobs/a.jpg", 1), (queue.Cards.Single().Face.PictureUrl!, queue.Anomalies));
    }

    [Fact]
    public void One_that_is_gone_already_cannot_be_removed()
    {
        var queue = Of([FakeDesk.Anomaly(1)]);
        Assert.False(queue.Remove(2));
        Assert.True(queue.Remove(1));
        Assert.False(queue.Remove(1));
        Assert.Empty(queue.Cards);
    }

    [Fact]
    public void It_holds_so_many_and_says_that_it_is_cut()
    {
        var queue = new CardQueue();
        for (var i = 0; i < CardQueue.Most; i++)
            queue.Add(FakeDesk.Anomaly(i, camera: i));
        Assert.False(queue.IsCut);
        Assert.False(queue.Add(FakeDesk.Anomaly(CardQueue.Most)));
        Assert.Equal((true, CardQueue.Most), (queue.IsCut, queue.Anomalies));
        Assert.Equal(0, queue.Become([FakeDesk.Anomaly(5, camera: 5)]));
        Assert.False(queue.IsCut);
    }

    private static bool IsBefore(Card a, Card b, bool bySeverity) => bySeverity && a.Severity != b.Severity
        ? a.Severity > b.Severity
        : a.Newest > b.Newest || (a.Newest == b.Newest && a.Face.Id > b.Face.Id);

    private static CardQueue Of(Anomaly[] anomalies)
    {
        var queue = new CardQueue();
        foreach (var a in anomalies)
            queue.Add(a);
        return queue;
    }
}
