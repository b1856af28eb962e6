using CsCheck;
using Siaga.Messaging.RabbitMq;

namespace Siaga.Tests.Unit.Messaging;

public sealed class QueueNamesTests
{
    private static readonly QueueNames s_names = new("a-", "work", isFair: false);

    [Theory]
    [InlineData(0, 500)]
    [InlineData(500, 500)]
    [InlineData(501, 2000)]
    [InlineData(60_000, 60_000)]
    [InlineData(60_001, 300_000)]
    [InlineData(3_600_000, 300_000)]
    public void A_message_waits_in_the_shortest_queue_that_is_long_enough(int delay, int wait) =>
        Assert.Equal($"a-work.wait.{wait}", s_names.WaitFor(TimeSpan.FromMilliseconds(delay)));

    [Fact]
    public void A_longer_delay_never_waits_in_a_shorter_queue() =>
        Gen.Select(Gen.Int[0, 400_000], Gen.Int[0, 400_000]).Sample((a, b) =>
            WaitOf(Math.Min(a, b)) <= WaitOf(Math.Max(a, b)));

    [Fact]
    public void Only_a_fair_queue_has_several_lanes()
    {
        Assert.Equal(["a-work"], s_names.Lanes);
        Assert.Equal(QueueNames.FairLanes, new QueueNames("", "work", isFair: true).Lanes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Each_queue_is_declared_once_and_what_it_gives_up_is_kept()
    {
        var declared = s_names.Declarations().ToDictionary(d => d.Name, d => d.Arguments, StringComparer.Ordinal);
        Assert.Equal([.. s_names.Lanes, .. s_names.Waits, s_names.Dead], declared.Keys);
        Assert.Equal("a-work.dead", declared["a-work"]["x-dead-letter-routing-key"]);
        Assert.Equal(500L, declared["a-work.wait.500"]["x-message-ttl"]);

        // What has waited returns to the lane that it was published for.
        Assert.False(declared["a-work.wait.500"].ContainsKey("x-dead-letter-routing-key"));
        Assert.False(declared["a-work.dead"].ContainsKey("x-dead-letter-exchange"));
        Assert.All(declared.Values, arguments => Assert.Equal("quorum", arguments["x-queue-type"]));
    }

    private static int WaitOf(int delay) =>
        int.Parse(s_names.WaitFor(TimeSpan.FromMilliseconds(delay)).Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture);
}
