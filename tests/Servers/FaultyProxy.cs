using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Siaga.Tests.Servers;

/// <summary>The fault that a connection gets.</summary>
internal sealed record ConnectionFate
{
    /// <summary>Breaks the connection after this many bytes to the server; null for never.</summary>
    public long? CutAfterSent { get; init; }

    /// <summary>Breaks the connection after this many bytes from the server; with 0 the client never sees the server's answer.</summary>
    public long? CutAfterReceived { get; init; }

    /// <summary>Delay before each block from the server.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Accepts the connection and never answers.</summary>
    public bool Silent { get; init; }
}

/// <summary>
/// Stands between a client and a real server and simulates a bad network. With several servers it is also a load balancer: it takes them in
/// turn, and skips one that refuses the connection.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly Uri[] _servers;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ConnectionFate> _fates = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private readonly Lock _cutting = new();
    private CancellationTokenSource _cut = new();
    private int _accepted;

    public FaultyProxy(params Uri[] servers)
    {
        _servers = servers;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new(
        $"{_servers[0].Scheme}://{Credentials}127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{_servers[0].PathAndQuery}");

    /// <summary>Number of connections so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>The fault of connections for which none is queued.</summary>
    public ConnectionFate Usual { get; set; } = new();

    private string Credentials => _servers[0].UserInfo.Length > 0 ? $"{_servers[0].UserInfo}@" : "";

    /// <summary>Breaks every open connection at once. New ones are accepted.</summary>
    public void Cut()
    {
        CancellationTokenSource old;
        lock (_cutting)
            (old, _cut) = (_cut, new CancellationTokenSource());
        old.Cancel();
    }

    /// <summary>Queues the faults of the next connections, in this order.</summary>
    public void Next(params ReadOnlySpan<ConnectionFate> fates)
    {
        foreach (var fate in fates)
            _fates.Enqueue(fate);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
        _cut.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(CarryAsync(client, _fates.TryDequeue(out var fate) ? fate : Usual));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException
            || (e is InvalidOperationException && _stop.IsCancellationRequested))
        {
            // The proxy is stopping; a listener that was stopped between two connections reports that it was never started.
        }
    }

    private async Task CarryAsync(TcpClient client, ConnectionFate fate)
    {
        CancellationToken cut;
        lock (_cutting)
            cut = _cut.Token;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cut);
        using (client)
        {
            try
            {
                if (fate.Silent)
                {
                    await Task.Delay(Timeout.Infinite, end.Token);
                    return;
                }

                using var server = await ConnectAsync(end.Token);
                var sending = CopyAsync(client.GetStream(), server.GetStream(), fate.CutAfterSent, TimeSpan.Zero, end.Token);
                var receiving = CopyAsync(server.GetStream(), client.GetStream(), fate.CutAfterReceived, fate.Delay, end.Token);
                await Task.WhenAny(sending, receiving);
                await end.CancelAsync();
                await Task.WhenAll(sending, receiving);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or InvalidOperationException)
            {
                // The connection ended as planned, or before it began: a client that hangs up during the search for a server has no stream.
            }

            // A broken connection instead of an orderly close.
            client.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task<TcpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var first = Volatile.Read(ref _accepted);
        for (var tried = 1; ; tried++)
        {
            var (client, server) = (new TcpClient(), _servers[(first + tried) % _servers.Length]);
            try
            {
                await client.ConnectAsync(server.Host, server.Port, cancellationToken);
                return client;
            }
            catch (SocketException) when (tried < _servers.Length)
            {
                client.Dispose();
            }
            catch
            {
                client.Dispose();
                throw;
            }
        }
    }

    private static async Task CopyAsync(
        NetworkStream from, NetworkStream to, long? limit, TimeSpan delay, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var left = limit ?? long.MaxValue;
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (delay > TimeSpan.Zero)
                    await Task.Delay(delay, cancellationToken);
                var passed = (int)Math.Min(read, left);
                await to.WriteAsync(buffer.AsMemory(0, passed), cancellationToken);
                left -= passed;
                if (passed < read || left == 0 && limit > 0)
                    return;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The other side of the connection has ended too.
        }
    }
}
