using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Siaga.Tests.Dashboard;

/// <summary>A TCP proxy whose address stays the same while the server behind it dies and another one replaces it.</summary>
internal sealed class Doorway : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly CancellationTokenSource _end = new();
    private Uri? _server;

    public Doorway(Uri server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Disconnects the server: breaks open connections and closes new ones at once.</summary>
    public void Shut()
    {
        _server = null;
        foreach (var client in _open.Keys)
            client.Dispose();
    }

    public void Lead(Uri server) => _server = server;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Shut();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var here = client;
        using var there = new TcpClient();
        try
        {
            if (_server is not { } server)
                return;
            await there.ConnectAsync(IPAddress.Loopback, server.Port);
            (_open[here], _open[there]) = (true, true);
            await Task.WhenAny(here.GetStream().CopyToAsync(there.GetStream()), there.GetStream().CopyToAsync(here.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection was cut on purpose.
        }
        finally
        {
            _open.TryRemove(here, out _);
            _open.TryRemove(there, out _);
        }
    }
}
