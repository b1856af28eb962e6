using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Siaga.Tests.Network;

/// <summary>Records every query and answers it with an outside address, so that the client then tries to connect.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private const int Port = 53;
    private const int HeaderBytes = 12;
    private const int TypeA = 1;
    private const int TypeAaaa = 28;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, Port));
    private readonly ConcurrentDictionary<string, int> _questions = new(StringComparer.Ordinal);
    private readonly Task _answering;

    public NameServer() => _answering = AnswerAsync();

    public IReadOnlyList<string> Questions => [.. _questions.Keys.Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            try
            {
                var asked = await _socket.ReceiveAsync();
                var (name, type, end) = Read(asked.Buffer);
                _questions.AddOrUpdate($"{NameOf(type)} {name}", 1, (_, times) => times + 1);
                await _socket.SendAsync(Answer(asked.Buffer.AsSpan(0, end), type), asked.RemoteEndPoint);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private static string NameOf(int type) => type switch { TypeA => "A", TypeAaaa => "AAAA", _ => $"TYPE{type}" };

    private static (string Name, int Type, int End) Read(byte[] packet)
    {
        var labels = new List<string>();
        var at = HeaderBytes;
        for (; packet[at] > 0; at += packet[at] + 1)
            labels.Add(Encoding.ASCII.GetString(packet, at + 1, packet[at]));
        return (string.Join('.', labels), BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(at + 1)), at + 5);
    }

    private static byte[] Answer(ReadOnlySpan<byte> question, int type)
    {
        byte[] address = type switch
        {
            TypeA => IPAddress.Parse("198.51.100.7").GetAddressBytes(),
            TypeAaaa => IPAddress.Parse("2001:db8:7::7").GetAddressBytes(),
            _ => [],
        };

        // The query without what follows it, then: a reference to its name, type, class, a TTL of one minute, the address.
        byte[] found = address.Length == 0
            ? []
            : [0xC0, HeaderBytes, 0, (byte)type, 0, 1, 0, 0, 0, 60, 0, (byte)address.Length, .. address];
        byte[] head = [question[0], question[1], 0x81, 0x80, 0, 1, 0, (byte)(found.Length > 0 ? 1 : 0), 0, 0, 0, 0];
        return [.. head, .. question[HeaderBytes..], .. found];
    }
}
