using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Siaga.Tests.Servers;

/// <summary>What becomes of one connection.</summary>
internal sealed record ConnectionFate
{
    /// <summary>Broken off after so many bytes to the server; null: never.</summary>
    public long? CutAfterSent { get; init; }

    /// <summary>Broken off before the next byte from the server after so many; 0: what the server did is never heard of.</summary>
    public long? CutAfterReceived { get; init; }

    /// <summary>Before each piece from the server.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Taken, and nothing is ever said.</summary>
    public bool Silent { get; init; }
}

/// <summary>Stands between a client and a real server, and makes the network between them a bad one.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ConnectionFate> _fates = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _accepted;

    public FaultyProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"{_server.Scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{_server.PathAndQuery}");

    /// <summary>Connections so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>What happens to connections that no fate waits for.</summary>
    public ConnectionFate Usual { get; set; } = new();

    /// <summary>The next connections have these fates, in this order.</summary>
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
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy ends.
        }
    }

    private async Task CarryAsync(TcpClient client, ConnectionFate fate)
    {
        using var server = new TcpClient();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using (client)
        {
            try
            {
                if (fate.Silent)
                {
                    await Task.Delay(Timeout.Infinite, end.Token);
                    return;
                }

                await server.ConnectAsync(_server.Host, _server.Port, end.Token);
                var sending = CopyAsync(client.GetStream(), server.GetStream(), fate.CutAfterSent, TimeSpan.Zero, end.Token);
                var receiving = CopyAsync(server.GetStream(), client.GetStream(), fate.CutAfterReceived, fate.Delay, end.Token);
                await Task.WhenAny(sending, receiving);
                await end.CancelAsync();
                await Task.WhenAll(sending, receiving);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // Over, as it was to be.
            }

            // Not a polite end but a broken line.
            client.LingerState = new LingerOption(true, 0);
        }
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, long? limit, TimeSpan delay, CancellationToken cancellationToken)
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
            // The other side of it is over too.
        }
    }
}
