using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>Requests <c>/healthz</c> on a plain socket: without a client, without the thread pool, and never beyond the limit.</summary>
internal sealed class LivenessProbe(IPEndPoint address)
{
    private static readonly byte[] s_request =
        Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    private static readonly byte[] s_answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 ");

    /// <returns>True if it answers 200 within <paramref name="limit"/>.</returns>
    public bool Answers(TimeSpan limit)
    {
        var until = TimeProvider.System.GetTimestamp() + (long)(limit.TotalSeconds * TimeProvider.System.TimestampFrequency);
        try
        {
            // Non-blocking: otherwise a connection to a listener whose queue is full would be tried for two minutes.
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            return Connects(socket, until) && socket.Send(s_request) == s_request.Length && AnswersIn(socket, until);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private bool Connects(Socket socket, long until)
    {
        try
        {
            socket.Connect(address);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return IsReady(socket, SelectMode.SelectWrite, until);
        }
    }

    private static bool AnswersIn(Socket socket, long until)
    {
        Span<byte> said = stackalloc byte[s_answer.Length];
        for (var read = 0; read < said.Length;)
        {
            if (!IsReady(socket, SelectMode.SelectRead, until) || socket.Receive(said[read..]) is not (> 0 and var more))
                return false;
            read += more;
        }

        return said.SequenceEqual(s_answer);
    }

    private static bool IsReady(Socket socket, SelectMode mode, long until)
    {
        var left = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), until);
        return left > TimeSpan.Zero && socket.Poll(left, mode);
    }
}
