namespace Siaga.Messaging;

/// <summary>The broker does not answer or does not accept messages. The caller should retry later.</summary>
public sealed class BrokerUnavailableException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>The outage's code in logs and problem documents.</summary>
    public const string Code = "broker_unavailable";
}
