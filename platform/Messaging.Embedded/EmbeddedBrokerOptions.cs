namespace Siaga.Messaging.Embedded;

/// <summary>Settings of <see cref="EmbeddedBroker"/>.</summary>
public sealed class EmbeddedBrokerOptions
{
    /// <summary>
    /// The broker's own folder; created when missing. Processes on one machine that use the same folder share the broker.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>
    /// A consumer that neither settles nor renews a message within this time loses it. Default 60 s; renewed every third of it.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often the file is checked for messages of other processes while there is work. Default 200 ms; messages of this process are
    /// noticed at once, and when all is quiet the file system reports those of others.
    /// </summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How long after the last commit all is quiet. Default 10 s, so that waiting for the file system does not begin and end between two
    /// clips of a busy camera.
    /// </summary>
    public TimeSpan QuietAfter { get; init; } = TimeSpan.FromSeconds(10);
}
