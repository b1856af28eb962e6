using System.Globalization;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// The server's queues for one queue of the topology: its lanes, its wait queues (one for each delay) and its dead letters. Names and
/// arguments are a contract between versions: RabbitMQ refuses a declaration that differs from the existing queue.
/// </summary>
internal sealed class QueueNames
{
    /// <summary>Number of lanes of a queue that is fair between groups.</summary>
    public const int FairLanes = 16;

    // All messages in a wait queue wait equally long, so that none is stuck behind one with a longer delay.
    private static readonly TimeSpan[] s_waits =
        [TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(
            5)];

    private readonly string _name;

    public QueueNames(string prefix, string queue, bool isFair)
    {
        Queue = queue;
        Arrivals = ArrivalsOf(prefix);
        _name = prefix + queue;
        Lanes = isFair
            ? [.. Enumerable.Range(0, FairLanes).Select(i => string.Create(CultureInfo.InvariantCulture, $"{_name}.{i}"))]
            : [_name];
    }

    /// <summary>The name in the topology.</summary>
    public string Queue { get; }

    /// <summary>The exchange that announces messages in lanes that consumers pull from.</summary>
    public string Arrivals { get; }

    public IReadOnlyList<string> Lanes { get; }

    public IReadOnlyList<string> Waits => [.. s_waits.Select(WaitOf)];

    public string Dead => $"{_name}.dead";

    public static string ArrivalsOf(string prefix) => prefix + "siaga.arrivals";

    /// <summary>The wait queue with the shortest sufficient delay, or the one with the longest delay.</summary>
    public string WaitFor(TimeSpan delay) => WaitOf(s_waits.FirstOrDefault(w => w >= delay, s_waits[^1]));

    /// <summary>Every queue with its arguments.</summary>
    public IEnumerable<(string Name, Dictionary<string, object?> Arguments)> Declarations()
    {
        foreach (var lane in Lanes)
        {
            // A safety net above our own limits, and explicit because newer servers default to 20.
            var arguments = Quorum(1000);
            Leads(arguments, Dead);
            yield return (lane, arguments);
        }

        foreach (var wait in s_waits)
        {
            // The routing key is the lane that the message was published for, so it returns there.
            var arguments = Quorum(1_000_000);
            Leads(arguments, null);
            arguments["x-message-ttl"] = (long)wait.TotalMilliseconds;
            yield return (WaitOf(wait), arguments);
        }

        // Peeking at dead letters counts as deliveries.
        yield return (Dead, Quorum(1_000_000));
    }

    private static Dictionary<string, object?> Quorum(int deliveryLimit) => new(StringComparer.Ordinal)
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = deliveryLimit,
    };

    /// <summary>
    /// Sets where expired or refused messages go. With at-least-once a message is in the next queue before it leaves this one; that
    /// strategy requires this overflow setting.
    /// </summary>
    private static void Leads(Dictionary<string, object?> arguments, string? queue)
    {
        arguments["x-dead-letter-exchange"] = "";
        arguments["x-dead-letter-strategy"] = "at-least-once";
        arguments["x-overflow"] = "reject-publish";
        if (queue is not null)
            arguments["x-dead-letter-routing-key"] = queue;
    }

    private string WaitOf(TimeSpan wait) => string.Create(CultureInfo.InvariantCulture, $"{_name}.wait.{(long)wait.TotalMilliseconds}");
}
