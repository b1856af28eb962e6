namespace Siaga.Messaging;

/// <summary>The broker does not answer, or takes nothing now: trying again later is right.</summary>
public sealed class BrokerUnavailableException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What is away, as logs and problem documents call it.</summary>
    public const string Code = "broker_unavailable";
}
