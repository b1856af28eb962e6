using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// One connection for one purpose, made when it is needed and made anew when it is gone. Those who publish and those who consume have one
/// each: a server that is short of room stops reading from publishers, and acknowledgements must still get through.
/// </summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly ConnectionFactory _factory;
    private readonly Func<IConnection, CancellationToken, Task> _prepare;
    private readonly TimeSpan _patience;
    private readonly SemaphoreSlim _turn = new(1);
    private IConnection? _connection;
    private bool _closed;

    /// <param name="options">Where to.</param>
    /// <param name="purpose">Seen in the server's list of connections.</param>
    /// <param name="prepare">Run on each new connection before anybody gets it.</param>
    public Link(RabbitMqOptions options, string purpose, Func<IConnection, CancellationToken, Task> prepare)
    {
        (_prepare, _patience) = (prepare, options.Patience);
        _factory = new ConnectionFactory
        {
            Uri = options.Url,
            ClientProvidedName = $"siaga {purpose}",
            RequestedHeartbeat = options.Heartbeat,
            RequestedConnectionTimeout = options.Patience,
            HandshakeContinuationTimeout = options.Patience,
            ContinuationTimeout = options.Patience,

            // What is to be tried again after a loss is known here, not in the library.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        if (options.Password is { } password && !options.Url.UserInfo.Contains(':', StringComparison.Ordinal))
            _factory.Password = password;
    }

    /// <summary>The connection; tried once.</summary>
    /// <exception cref="BrokerUnreachableException">The server does not answer.</exception>
    public async Task<IConnection> GetAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
            return open;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_connection is { IsOpen: true } made)
                return made;
            await AbortAsync();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(_patience * 4);
            var connection = await _factory.CreateConnectionAsync(limit.Token);
            try
            {
                await _prepare(connection, limit.Token);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            return _connection = connection;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives up a connection on which something went wrong that it does not know of itself, such as silence.</summary>
    public static async Task DropAsync(IConnection connection)
    {
        try
        {
            await connection.AbortAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception e) when (e is AlreadyClosedException or ObjectDisposedException or OperationCanceledException or TimeoutException or IOException)
        {
            // It is gone, which was the wish.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed)
            return;
        await _turn.WaitAsync();
        _closed = true;
        await AbortAsync();
        _turn.Dispose();
    }

    private async Task AbortAsync()
    {
        if (_connection is { } old)
        {
            await DropAsync(old);
            await old.DisposeAsync();
        }

        _connection = null;
    }
}
