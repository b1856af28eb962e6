namespace Siaga.Messaging.RabbitMq;

/// <summary>Where the broker is and how long it is waited for.</summary>
public sealed record RabbitMqOptions
{
    /// <summary>Such as <c>amqp://siaga@mq:5672/siaga</c>; <c>amqps</c> for TLS. The path names the virtual host.</summary>
    public required Uri Url { get; init; }

    /// <summary>Used where the URL has no password.</summary>
    public string? Password { get; init; }

    /// <summary>Put before the name of every queue. Default none; a virtual host of its own is the usual way to keep installations apart.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>A broker that answers nothing for this long is given up, and tried anew. Default 15 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A silent connection is dead after two of these. Default 10 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a message that nobody announced (one that waited after a failure, say) may lie unnoticed. Default 500 ms.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(500);
}
