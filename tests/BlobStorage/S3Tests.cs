using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Minio;
using Minio.DataModel.Args;
using Siaga.BlobStorage;
using Siaga.BlobStorage.S3;
using Siaga.Tests.Servers;

namespace Siaga.Tests.BlobStorage;

/// <summary>The storage compliance tests for an S3 server, and tests that apply to S3 only.</summary>
public sealed class S3Tests : StorageCompliance, IAsyncLifetime
{
    private readonly List<IDisposable> _opened = [];
    private readonly string _bucket = $"test-{Guid.NewGuid():N}";
    private KeptServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        if (KeptServer.MissingS3 is { } reason)
            Assert.Skip(reason);
        _server = await KeptServer.S3Async();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
            opened.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_link_reads_one_object_also_in_parts_for_a_while_and_nothing_else()
    {
        var storage = await OpenAsync();
        var bytes = Bytes(100_000);
        await WriteAsync(storage, "7/1/a.mp4", bytes);
        await WriteAsync(storage, "7/1/b.mp4", Bytes(10));
        var link = storage.CreateReadUrl("7/1/a.mp4", TimeSpan.FromMinutes(5));
        using var client = new HttpClient();
        Assert.Equal(bytes, await client.GetByteArrayAsync(new Uri(link)));
        using var part = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new RangeHeaderValue(1000, 1999) } };
        using var answer = await client.SendAsync(part);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal("video/mp4", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(bytes[1000..2000], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(403, await StatusAsync(client, link.Replace("a.mp4", "b.mp4", StringComparison.Ordinal)));
        Assert.Equal(403, await StatusAsync(client, link.Split('?')[0]));
        var late = new S3BlobStorage(Options(), new FixedTime(TimeProvider.System.GetUtcNow().AddHours(-2)));
        _opened.Add(late);
        Assert.Equal(403, await StatusAsync(client, late.CreateReadUrl("7/1/a.mp4", TimeSpan.FromMinutes(5))));
    }

    [Fact]
    public async Task Links_lead_to_the_public_address_which_need_not_be_reachable_from_here()
    {
        await OpenAsync();
        using var storage = new S3BlobStorage(Options() with { PublicEndpoint = new Uri("https://clips.example") }, TimeProvider.System);
        Assert.StartsWith(
            $"https://clips.example/{_bucket}/7/1/a.mp4?X-Amz-",
            storage.CreateReadUrl("7/1/a.mp4", TimeSpan.FromMinutes(5)),
            StringComparison.Ordinal);
        using var hosted = new S3BlobStorage(
            Options() with { PublicEndpoint = new Uri("https://clips.example"), VirtualHosted = true }, TimeProvider.System);
        Assert.StartsWith(
            $"https://{_bucket}.clips.example/7/1/a.mp4?",
            hosted.CreateReadUrl("7/1/a.mp4", TimeSpan.FromMinutes(5)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_may_be_in_the_hosts_name()
    {
        await OpenAsync();
        async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            // No resolver on this machine knows the bucket's host name.
            Assert.Equal($"{_bucket}.localhost", context.DnsEndPoint.Host);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }

        var endpoint = new Uri($"http://localhost:{_server.Address.Port}");
        using var storage = new S3BlobStorage(
            Options() with { Endpoint = endpoint, VirtualHosted = true, Connect = Connect }, TimeProvider.System);
        var bytes = Bytes(6 << 20);
        await WriteAsync(storage, "7/1/a.mp4", bytes);
        Assert.Equal(SHA256.HashData(bytes), await HashAsync(storage, "7/1/a.mp4"));
        Assert.Equal(["7/1/a.mp4"], await ListAsync(storage, ""));
        using var handler = new SocketsHttpHandler { ConnectCallback = Connect };
        using var client = new HttpClient(handler);
        Assert.Equal(bytes, await client.GetByteArrayAsync(new Uri(storage.CreateReadUrl("7/1/a.mp4", TimeSpan.FromMinutes(5)))));
    }

    [Fact]
    public async Task Another_client_reads_what_was_written_and_writes_what_is_read()
    {
        var storage = await OpenAsync();
        var (ours, theirs) = (Bytes(11 << 20), Bytes(7 << 20));
        await WriteAsync(storage, "ours.mp4", ours);
        using var other = new MinioClient().WithEndpoint($"127.0.0.1:{_server.Address.Port}")
            .WithCredentials(KeptServer.S3Keys.AccessKey, KeptServer.S3Keys.SecretKey).Build();
        using var read = new MemoryStream();
        await other.GetObjectAsync(
            new GetObjectArgs().WithBucket(_bucket).WithObject("ours.mp4").WithCallbackStream((s, c) => s.CopyToAsync(read, c)));
        Assert.Equal(SHA256.HashData(ours), SHA256.HashData(read.ToArray()));
        using var written = new MemoryStream(theirs);
        await other.PutObjectAsync(
            new PutObjectArgs().WithBucket(_bucket).WithObject("theirs.mp4").WithStreamData(written).WithObjectSize(theirs.Length));
        Assert.Equal(SHA256.HashData(theirs), await HashAsync(storage, "theirs.mp4"));
    }

    [Fact]
    public async Task A_list_of_more_than_a_page_is_whole()
    {
        var storage = await OpenAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 1100),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => await WriteAsync(storage, $"7/{i}.mp4", [1]));
        Assert.Equal(1100, (await ListAsync(storage, "7/")).Length);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_refused_or_made_as_wished()
    {
        var storage = new S3BlobStorage(Options(), TimeProvider.System);
        _opened.Add(storage);
        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.PrepareAsync(makeBucket: false, default));
        Assert.Contains(_bucket, refused.Message, StringComparison.Ordinal);
        await storage.PrepareAsync(makeBucket: true, default);
        await storage.PrepareAsync(makeBucket: true, default);
        await storage.CheckAsync(default);
    }

    [Fact]
    public async Task Wrong_keys_are_said_once_and_not_tried_again()
    {
        await OpenAsync();
        await using var proxy = new FaultyProxy(_server.Address);
        using var storage = new S3BlobStorage(Options() with { Endpoint = proxy.Address, SecretKey = "wrong" }, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.CheckAsync(default));
        Assert.False(refused.IsTransient);
        Assert.Contains("SignatureDoesNotMatch", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_storage_is_said_in_the_ports_words()
    {
        Assert.IsType<StorageFullException>(S3Failures.Translate(HttpStatusCode.Forbidden, "QuotaExceeded", ""));
        Assert.IsType<StorageFullException>(S3Failures.Translate((HttpStatusCode)507, "", ""));
        Assert.True(Assert.IsType<StorageUnavailableException>(
            S3Failures.Translate(HttpStatusCode.ServiceUnavailable, "SlowDown", "")).IsTransient);
        Assert.False(
            Assert.IsType<StorageUnavailableException>(S3Failures.Translate(HttpStatusCode.Forbidden, "AccessDenied", "")).IsTransient);
    }

    protected override async Task<IBlobStorage> OpenAsync()
    {
        var storage = new S3BlobStorage(Options(), TimeProvider.System);
        _opened.Add(storage);
        await storage.PrepareAsync(makeBucket: true, default);
        return storage;
    }

    private static async Task<int> StatusAsync(HttpClient client, string link)
    {
        using var answer = await client.GetAsync(new Uri(link));
        return (int)answer.StatusCode;
    }

    private S3Options Options() => new()
    {
        Endpoint = _server.Address, Bucket = _bucket, AccessKey = KeptServer.S3Keys.AccessKey, SecretKey = KeptServer.S3Keys.SecretKey,
    };

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
