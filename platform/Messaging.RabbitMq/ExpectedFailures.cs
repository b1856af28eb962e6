using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <summary>How a server that is away, or goes away in the middle, shows itself.</summary>
internal static class ExpectedFailures
{
    public static bool MeansAway(this Exception exception) => exception is RabbitMQClientException or IOException or SocketException
        or TimeoutException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Asks the server, and says in one way that it does not answer.</summary>
    /// <exception cref="BrokerUnavailableException">It does not answer, or breaks off.</exception>
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
