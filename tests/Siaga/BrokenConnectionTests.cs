using System.Net.Sockets;
using System.Text;

namespace Siaga.Tests.Siaga;

/// <summary>Uploads whose connection breaks, or whose length differs from the announced one.</summary>
public sealed class BrokenConnectionTests : IAsyncLifetime
{
    private const int MaxClipBytes = 3_000_000;

    private Installation _host = null!;
    private Camera _camera = null!;

    private static byte[] Video => File.ReadAllBytes(Tree.Anomaly);

    private static byte[] Form =>
        [.. "--b\r\nContent-Disposition: form-data; name=\"video_clip\"; filename=\"a.mp4\"\r\n\r\n"u8, .. Video, .. "\r\n--b--\r\n"u8];

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(withWorker: false, ("Ingestion:MaxClipBytes", "3000000"));
        _camera = await _host.Api.MakeCameraAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_client_that_is_cut_off_in_the_middle_leaves_nothing()
    {
        using (var client = await ConnectAsync())
        {
            await SendHeadAsync(client, $"Content-Length: {Form.Length}");
            await client.GetStream().WriteAsync(Form.AsMemory(0, Form.Length / 2));
            await Eventually.TrueAsync("the upload has begun", async () => await _host.TracesAsync() != default);
            client.Client.Close(0);
        }

        await Eventually.TrueAsync("nothing is left of it", async () => await _host.TracesAsync() == default);
        Assert.Equal(202, (await _host.Api.UploadAsync(_camera, Tree.Anomaly)).Status);
    }

    [Fact]
    public async Task A_client_that_closes_its_half_before_the_end_is_told_so()
    {
        using var client = await ConnectAsync();
        await SendHeadAsync(client, $"Content-Length: {Form.Length + 100_000}");
        await client.GetStream().WriteAsync(Form.AsMemory(0, Form.Length / 2));
        client.Client.Shutdown(SocketShutdown.Send);
        var answer = await ReadAsync(client);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        await Eventually.TrueAsync("nothing is left of it", async () => await _host.TracesAsync() == default);
    }

    [Fact]
    public async Task A_length_that_says_less_than_is_sent_cuts_the_form_and_is_refused()
    {
        using var client = await ConnectAsync();
        await SendHeadAsync(client, $"Content-Length: {Form.Length - 5000}", "Connection: close");
        await client.GetStream().WriteAsync(Form);
        Assert.StartsWith("HTTP/1.1 400", await ReadAsync(client), StringComparison.Ordinal);
        Assert.Equal(default, await _host.TracesAsync());
    }

    [Theory]
    [InlineData("Content-Length: -5")]
    [InlineData("Content-Length: 99999999999999999999999")]
    [InlineData("Content-Length: many")]
    public async Task A_length_that_is_no_length_is_a_bad_request(string header)
    {
        using var client = await ConnectAsync();
        await SendHeadAsync(client, header);
        Assert.StartsWith("HTTP/1.1 400", await ReadAsync(client), StringComparison.Ordinal);
        Assert.Equal(default, await _host.TracesAsync());
    }

    [Fact]
    public async Task A_clip_over_the_limit_is_refused_by_its_announced_length_before_a_byte_of_it_is_read()
    {
        using var client = await ConnectAsync();
        await SendHeadAsync(client, "Content-Length: 1000000000");
        Assert.StartsWith("HTTP/1.1 413", await ReadAsync(client), StringComparison.Ordinal);
        Assert.Equal(default, await _host.TracesAsync());
    }

    [Fact]
    public async Task A_clip_over_the_limit_without_an_announced_length_is_refused_when_the_limit_is_passed()
    {
        using var client = await ConnectAsync();
        await SendHeadAsync(client, "Transfer-Encoding: chunked");
        var stream = client.GetStream();
        await ChunkAsync(stream, Form[..^20]);
        var sent = 0L;
        try
        {
            // A hundred times the limit: without the refusal all of it would be accepted.
            for (var block = new byte[65536]; sent < 100L * MaxClipBytes; sent += block.Length)
                await ChunkAsync(stream, block);
        }
        catch (IOException)
        {
            // The server has answered and closed the connection.
        }

        Assert.True(sent < 10L * MaxClipBytes, $"{sent} bytes were taken");
        await Eventually.TrueAsync("nothing is left of it", async () => await _host.TracesAsync() == default);
        Assert.Equal(413, (await _host.Api.UploadAsync(_camera.Key, new ByteArrayContent([.. Video, .. new byte[MaxClipBytes]]))).Status);
    }

    private static async Task ChunkAsync(NetworkStream stream, byte[] bytes)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"));
        await stream.WriteAsync(bytes);
        await stream.WriteAsync("\r\n"u8.ToArray());
    }

    private static async Task<string> ReadAsync(TcpClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[8192];
        var read = await client.Client.ReceiveAsync(buffer, limit.Token);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_host.Api.Address.Host, _host.Api.Address.Port);
        return client;
    }

    private Task SendHeadAsync(TcpClient client, params string[] headers) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
        $"POST /ingest/video HTTP/1.1\r\nHost: x\r\nX-Camera-Key: {_camera.Key}\r\nContent-Type: multipart/form-data; "
        + $"boundary=b\r\n{string.Join("\r\n", headers)}\r\n\r\n")).AsTask();
}
