using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <summary>The exceptions that mean that the server is unavailable or went away.</summary>
internal static class ExpectedFailures
{
    public static bool MeansAway(this Exception exception) => exception is RabbitMQClientException or IOException or SocketException
        or TimeoutException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Runs a request and turns every sign of an unavailable server into one exception.</summary>
    /// <exception cref="BrokerUnavailableException">The server does not answer, or the connection broke.</exception>
    public static async Task<T> AnsweringAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is not BrokerUnavailableException && e.MeansAway() && !cancellationToken.IsCancellationRequested)
        {
            throw new BrokerUnavailableException("RabbitMQ does not answer.", e);
        }
    }
}
