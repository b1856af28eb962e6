namespace Siaga.Messaging.RabbitMq;

/// <summary>Settings of <see cref="RabbitMqBroker"/>.</summary>
public sealed record RabbitMqOptions
{
    /// <summary>Such as <c>amqp://siaga@mq:5672/siaga</c>; <c>amqps</c> for TLS. The path names the virtual host.</summary>
    public required Uri Url { get; init; }

    /// <summary>Used when the URL contains no password.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Prefix for the name of every queue. Default none; installations that share a server usually have a virtual host each.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>Time limit for the broker to respond; then the connection is closed and opened again. Default 15 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A silent connection is considered dead after two of these. Default 10 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Poll interval for messages that were not announced, such as one that waited after a failure. Default 500 ms.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(500);
}
