using Siaga.Messaging;

namespace Siaga.Tests.Unit.Messaging;

public sealed class TopologyTests
{
    private static readonly Topology s_topology = new(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["came"] = ["analyse", "record"],
        ["left"] = ["record"],
    });

    [Fact]
    public void A_queue_of_two_topics_is_there_once() =>
        Assert.Equal(["analyse", "record"], s_topology.Queues.Order(StringComparer.Ordinal));

    [Fact]
    public void A_topic_goes_into_all_of_its_queues() => Assert.Equal(["analyse", "record"], s_topology.QueuesOf("came"));

    [Fact]
    public void A_topic_without_a_queue_is_a_bug_that_names_it() =>
        Assert.Contains(
            "'lost'", Assert.Throws<InvalidOperationException>(() => s_topology.QueuesOf("lost")).Message, StringComparison.Ordinal);
}
