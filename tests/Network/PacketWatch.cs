using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Siaga.Tests.Network;

/// <summary>Records every packet in this network, on any interface, before it is dropped.</summary>
internal sealed class PacketWatch : IAsyncDisposable
{
    // ETH_P_ALL in network byte order.
    private const ProtocolType Everything = (ProtocolType)0x0300;
    private const int EthernetHeader = 14;
    private const int Ipv4 = 0x0800;
    private const int Ipv6 = 0x86DD;
    private const int Ipv6Header = 40;
    private const byte HopByHop = 0;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte Icmp6 = 58;
    private const int PortBytes = 4;
    private const int NamePort = 53;

    // Multicast listener reports and router and neighbour discovery, which the kernel sends by itself (RFC 2710, 3810, 4861).
    private static readonly byte[] s_ofKernel = [130, 131, 132, 133, 134, 135, 136, 143];

    private readonly Socket _socket = new(AddressFamily.Packet, SocketType.Raw, Everything) { ReceiveBufferSize = 8 << 20 };
    private readonly ConcurrentDictionary<string, int> _packets = new(StringComparer.Ordinal);
    private readonly Task _watching;

    public PacketWatch() => _watching = WatchAsync();

    public IReadOnlyList<string> Packets => [.. _packets.Keys.Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _watching;
    }

    /// <returns>The destination, such as <c>TCP 192.0.2.1:443</c>; null for local traffic and the kernel's own.</returns>
    public static string? Describe(ReadOnlySpan<byte> frame)
    {
        if (frame.Length <= EthernetHeader)
            return null;
        var packet = frame[EthernetHeader..];
        return BinaryPrimitives.ReadUInt16BigEndian(frame[(EthernetHeader - 2)..]) switch
        {
            Ipv4 => Describe(packet[9], new IPAddress(packet[16..20]), packet[((packet[0] & 15) * 4)..]),
            Ipv6 when packet[6] == HopByHop =>
                Describe(packet[Ipv6Header], new IPAddress(packet[24..40]), packet[(Ipv6Header + ((packet[Ipv6Header + 1] + 1) * 8))..]),
            Ipv6 => Describe(packet[6], new IPAddress(packet[24..40]), packet[Ipv6Header..]),
            var other => $"EtherType {other:X4}",
        };
    }

    private static string? Describe(byte protocol, IPAddress to, ReadOnlySpan<byte> content)
    {
        var port = protocol is Tcp or Udp && content.Length >= PortBytes ? BinaryPrimitives.ReadUInt16BigEndian(content[2..]) : 0;

        // The name server listens on UDP only, so a query over TCP is recorded as a packet.
        if (IPAddress.IsLoopback(to) && (protocol != Tcp || port != NamePort))
            return null;
        if (protocol == Icmp6 && to.IsIPv6Multicast && content.Length > 0 && s_ofKernel.Contains(content[0]))
            return null;
        return protocol switch
        {
            Tcp => $"TCP {new IPEndPoint(to, port)}",
            Udp => $"UDP {new IPEndPoint(to, port)}",
            _ => $"protocol {protocol} {to}",
        };
    }

    private async Task WatchAsync()
    {
        var frame = new byte[1 << 16];
        while (true)
        {
            try
            {
                var length = await _socket.ReceiveAsync(frame);
                if (Describe(frame.AsSpan(0, length)) is { } packet)
                    _packets.AddOrUpdate(packet, 1, (_, times) => times + 1);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}
