using CsCheck;
using Siaga.Messaging;

namespace Siaga.Tests.Unit.Messaging;

public sealed class SubscriptionTests
{
    private static readonly Subscription s_subscription = new("work");

    [Fact]
    public void Delays_stay_within_a_quarter_of_what_doubling_gives_and_below_the_upper_bound() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[0, 1]).Sample((attempt, jitter) =>
        {
            var delay = s_subscription.DelayAfter(attempt, jitter);
            var doubled = Math.Min(500 * Math.Pow(2, Math.Min(attempt - 1, 30)), s_subscription.MaxDelay.TotalMilliseconds);
            return delay.TotalMilliseconds >= (0.75 * doubled) - 1 && delay.TotalMilliseconds <= (1.25 * doubled) + 1;
        });

    [Fact]
    public void Without_jitter_a_later_attempt_never_waits_less() =>
        Gen.Int[1, 100].Sample(attempt => s_subscription.DelayAfter(attempt + 1, 0.5) >= s_subscription.DelayAfter(attempt, 0.5));

    [Theory]
    [InlineData(1, 500)]
    [InlineData(2, 1000)]
    [InlineData(5, 8000)]
    [InlineData(40, 300_000)]
    public void The_middle_of_the_jitter_is_the_doubled_delay(int attempt, int milliseconds) =>
        Assert.Equal(milliseconds, s_subscription.DelayAfter(attempt, 0.5).TotalMilliseconds, 6);
}
