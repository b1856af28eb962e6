using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// A connection for one purpose, opened on demand and reopened when it is lost. Publishing and consuming have one each: a server that is
/// short of resources stops reading from publishers, and acknowledgements must still get through.
/// </summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly ConnectionFactory _factory;
    private readonly Func<IConnection, CancellationToken, Task> _prepare;
    private readonly TimeSpan _patience;
    private readonly SemaphoreSlim _turn = new(1);
    private IConnection? _connection;
    private bool _closed;

    /// <param name="options">The server's address and timeouts.</param>
    /// <param name="purpose">Shown in the server's list of connections.</param>
    /// <param name="prepare">Runs on each new connection before it is used.</param>
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

            // We reconnect ourselves, because only this code knows what to repeat after a loss.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        if (options.Password is { } password && !options.Url.UserInfo.Contains(':', StringComparison.Ordinal))
            _factory.Password = password;
    }

    /// <summary>The open connection, or a new one; makes a single attempt.</summary>
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

    /// <summary>Closes a connection that failed in a way that the library does not detect, such as silence.</summary>
    public static async Task DropAsync(IConnection connection)
    {
        try
        {
            await connection.AbortAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception e)
            when (e is AlreadyClosedException or ObjectDisposedException or OperationCanceledException or TimeoutException or IOException)
        {
            // The connection is already closed.
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
