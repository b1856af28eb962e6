using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>Checks whether something listens at the media server's addresses.</summary>
internal sealed class MediaServerProbe(IOptions<CamerasOptions> options) : IHealthProbe
{
    private const int RtspPort = 554;

    public string Part => "media_server";

    public async Task<HealthState> CheckAsync(CancellationToken cancellationToken)
    {
        string?[] bases = [options.Value.HlsBase, options.Value.WebrtcBase, options.Value.RtspBase];
        var addresses = bases.Where(b => !string.IsNullOrEmpty(b)).Select(b => new Uri(b!))
            .DistinctBy(b => (b.Host, Port(b))).ToList();
        if (addresses.Count == 0)
            return new HealthState(false, "not configured");
        var answers = await Task.WhenAll(addresses.Select(a => ListensAsync(a, cancellationToken)));
        return Array.IndexOf(answers, false) is >= 0 and var silent
            ? new HealthState(false, $"nothing listens at {addresses[silent].Host}:{Port(addresses[silent])}")
            : new HealthState(true, "ok");
    }

    private static int Port(Uri address) => address.Port > 0 ? address.Port : RtspPort;

    private static async Task<bool> ListensAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, Port(address), cancellationToken);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
