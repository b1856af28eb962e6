using System.Globalization;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// The queues that stand for one queue of the topology: its lanes, one for each time that a failed message waits, and its dead letters. Names
/// and arguments are a contract between versions: RabbitMQ refuses a declaration that differs from what is there.
/// </summary>
internal sealed class QueueNames
{
    /// <summary>Of a queue that is fair between groups.</summary>
    public const int FairLanes = 16;

    // A message waits in a queue where all wait equally long, so that none lies behind one that waits longer.
    private static readonly TimeSpan[] s_waits =
        [TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private readonly string _name;

    public QueueNames(string prefix, string queue, bool isFair)
    {
        Queue = queue;
        Arrivals = ArrivalsOf(prefix);
        _name = prefix + queue;
        Lanes = isFair ? [.. Enumerable.Range(0, FairLanes).Select(i => string.Create(CultureInfo.InvariantCulture, $"{_name}.{i}"))] : [_name];
    }

    /// <summary>As the topology calls it.</summary>
    public string Queue { get; }

    /// <summary>The exchange that tells of messages in lanes that are looked into.</summary>
    public string Arrivals { get; }

    public IReadOnlyList<string> Lanes { get; }

    public IReadOnlyList<string> Waits => [.. s_waits.Select(WaitOf)];

    public string Dead => $"{_name}.dead";

    public static string ArrivalsOf(string prefix) => prefix + "siaga.arrivals";

    /// <summary>Where a message waits for at least so long, or for as long as there is a place for.</summary>
    public string WaitFor(TimeSpan delay) => WaitOf(s_waits.FirstOrDefault(w => w >= delay, s_waits[^1]));

    /// <summary>Every queue with its arguments.</summary>
    public IEnumerable<(string Name, Dictionary<string, object?> Arguments)> Declarations()
    {
        foreach (var lane in Lanes)
        {
            // The limit is a net under ours, and spells out what newer servers would set to 20.
            var arguments = Quorum(1000);
            Leads(arguments, Dead);
            yield return (lane, arguments);
        }

        foreach (var wait in s_waits)
        {
            // The message goes back to the lane that it was published for: its routing key.
            var arguments = Quorum(1_000_000);
            Leads(arguments, null);
            arguments["x-message-ttl"] = (long)wait.TotalMilliseconds;
            yield return (WaitOf(wait), arguments);
        }

        // Looking at them counts as a delivery.
        yield return (Dead, Quorum(1_000_000));
    }

    private static Dictionary<string, object?> Quorum(int deliveryLimit) => new(StringComparer.Ordinal)
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = deliveryLimit,
    };

    /// <summary>What leaves a queue is in the next before it is out of this one; that is the strategy's meaning, and it wants this overflow.</summary>
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
