using Microsoft.Extensions.Time.Testing;
using Siaga.Messaging.RabbitMq;

namespace Siaga.Tests.Unit.Messaging;

public sealed class QueueAgesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly QueueAges _ages;

    public QueueAgesTests() => _ages = new QueueAges(_time);

    [Fact]
    public void A_process_that_consumes_tells_the_age_of_what_it_took_last()
    {
        using var held = _ages.Hold("work", _time.GetUtcNow().AddSeconds(-30));
        Assert.Equal((30, 1, 5, 2), (Age(waiting: 5), Status(5).InHand, Status(5).Waiting, Status(5, dead: 2).Dead));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(40, Age(waiting: 5));
    }

    [Fact]
    public void A_process_that_does_not_consume_tells_how_long_the_queue_has_not_shrunk()
    {
        Assert.Equal(0, Age(waiting: 5));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(60, Age(waiting: 6));
        Assert.Equal(60, Age(waiting: 6));
        Assert.Equal(0, Age(waiting: 5));
    }

    [Fact]
    public void An_empty_queue_has_no_age()
    {
        _ages.Hold("work", _time.GetUtcNow().AddSeconds(-30)).Dispose();
        Assert.Equal((0, 0), (Age(waiting: 0), Status(0).InHand));
    }

    [Fact]
    public void A_message_in_hand_has_an_age_although_none_waits()
    {
        using var held = _ages.Hold("work", _time.GetUtcNow().AddSeconds(-30));
        Assert.Equal(30, Age(waiting: 0));
    }

    [Fact]
    public void The_first_message_after_an_idle_hour_is_not_an_hour_old()
    {
        _ages.Hold("work", _time.GetUtcNow()).Dispose();
        Assert.Equal(0, Age(waiting: 0));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, Age(waiting: 0));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, Age(waiting: 1));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(5, Age(waiting: 1));
    }

    [Fact]
    public void A_message_of_a_sender_whose_clock_is_ahead_is_new()
    {
        using var held = _ages.Hold("work", _time.GetUtcNow().AddSeconds(30));
        Assert.Equal(0, Age(waiting: 1));
    }

    [Fact]
    public void Queues_do_not_share_their_age()
    {
        using var held = _ages.Hold("other", _time.GetUtcNow().AddSeconds(-30));
        Assert.Equal((0, 0), (Age(waiting: 1), Status(1).InHand));
    }

    private double Age(long waiting) => Status(waiting).OldestAgeSeconds;

    private Siaga.Messaging.QueueStatus Status(long waiting, long dead = 0) => _ages.Status("work", waiting, dead);
}
