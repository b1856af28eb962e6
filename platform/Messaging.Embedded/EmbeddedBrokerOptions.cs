namespace Siaga.Messaging.Embedded;

/// <summary>Where the embedded broker keeps its messages, and its patience.</summary>
public sealed class EmbeddedBrokerOptions
{
    /// <summary>A folder of its own; made when missing. Processes on one machine that share it share the broker.</summary>
    public required string Folder { get; init; }

    /// <summary>A consumer that neither finishes nor renews within this time has lost its message. Default 60 s; renewed every third of it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a message of another process, or a delayed one, may wait unnoticed. Default 200 ms; this process's own are noticed at once.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);
}
