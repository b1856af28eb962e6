using CsCheck;
using Siaga.Messaging;

namespace Siaga.Tests.Unit.Messaging;

public sealed class ConsumerBackoffTests
{
    private static readonly HandlingResult s_retry = HandlingResult.Retry("away");

    [Fact]
    public void Nothing_is_waited_for_before_the_first_failure() => Assert.Equal(TimeSpan.Zero, new ConsumerBackoff(4).Next);

    [Fact]
    public void A_round_of_failures_is_one_step_however_many_are_handled_at_once()
    {
        var backoff = new ConsumerBackoff(4);
        for (var i = 0; i < 4; i++)
            backoff.Count(s_retry);
        var first = backoff.Next;
        backoff.Count(s_retry);
        Assert.Equal(first * 2, backoff.Next);
    }

    [Fact]
    public void Whatever_fails_the_pause_never_shrinks_and_stays_below_six_seconds() =>
        Gen.Select(Gen.Int[1, 64], Gen.Int[1, 2000]).Sample((atOnce, failures) =>
        {
            var (backoff, before) = (new ConsumerBackoff(atOnce), TimeSpan.Zero);
            for (var i = 0; i < failures; i++)
            {
                backoff.Count(s_retry);
                if (backoff.Next < before || backoff.Next > TimeSpan.FromSeconds(6))
                    return false;
                before = backoff.Next;
            }

            return true;
        });

    [Fact]
    public void One_that_works_ends_the_pause_and_one_that_is_deferred_does_not()
    {
        var backoff = new ConsumerBackoff(1);
        backoff.Count(s_retry);
        backoff.Count(HandlingResult.Defer(TimeSpan.FromSeconds(1)));
        Assert.NotEqual(TimeSpan.Zero, backoff.Next);
        backoff.Count(HandlingResult.Done);
        Assert.Equal(TimeSpan.Zero, backoff.Next);
    }

    [Fact]
    public void A_message_that_is_rejected_shows_that_the_handler_works()
    {
        var backoff = new ConsumerBackoff(1);
        backoff.Count(s_retry);
        backoff.Count(HandlingResult.Reject("bad", "It is bad."));
        Assert.Equal(TimeSpan.Zero, backoff.Next);
    }
}
